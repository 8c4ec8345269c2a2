import type { EngineMethods, EngineNews } from '../protocol/engineProtocol';
import type { Message, Port } from '../protocol/rpc';
import { Rpc } from '../protocol/rpc';
import { Engine } from './engine';

/** The channel to the extension host that forked this process. */
const host: Port = {
  send(message) {
    // Where the host is gone the process is about to end; a callback keeps that from being thrown.
    process.send?.(message, undefined, undefined, () => undefined);
  },
  receive(listener) {
    process.on('message', (message) => listener(message as Message));
  },
};

/** The engine's process: answers the host until it goes away. */
const engine = new Engine((runs) => {
  // A host that cannot be told is gone, and this process ends with it.
  rpc.call('runsHeld', { runs }).catch(() => undefined);
});
const rpc = new Rpc<EngineMethods, EngineNews>(host, engine.handlers);
process.on('disconnect', () => process.exit(0));
