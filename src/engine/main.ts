import type { EngineMethods, NoMethods } from '../protocol/engineProtocol';
import { Rpc } from '../protocol/rpc';
import { Engine } from './engine';
import { processPort } from './processPort';

/** The engine's process: answers the extension host until it goes away. */
const engine = new Engine();
new Rpc<EngineMethods, NoMethods>(processPort(), engine.handlers);
process.on('disconnect', () => process.exit(0));
