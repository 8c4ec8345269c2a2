import type { EngineMethods, EngineNews } from '../protocol/engineProtocol';
import { Rpc } from '../protocol/rpc';
import { Engine } from './engine';
import { processPort } from './processPort';

/** The engine's process: answers the extension host until it goes away. */
const engine = new Engine((runs) => {
  // A host that cannot be told is gone, and this process ends with it.
  rpc.call('runsHeld', { runs }).catch(() => undefined);
});
const rpc = new Rpc<EngineMethods, EngineNews>(processPort(), engine.handlers);
process.on('disconnect', () => process.exit(0));
