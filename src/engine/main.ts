import { join } from 'node:path';
import type { EngineNews } from '../protocol/engineProtocol';
import type { Message, Port } from '../protocol/rpc';
import { Rpc } from '../protocol/rpc';
import type { ProcessMethods } from '../protocol/trainerProtocol';
import { Engine } from './engine';
import { Trainer } from './train/trainer';

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
/** Whether it classifies or trains is the host's to say: a process for each. */
const trainer = new Trainer(join(__dirname, 'wasm'));
const rpc = new Rpc<ProcessMethods, EngineNews>(host, { ...engine.handlers, ...trainer.handlers });
process.on('disconnect', () => process.exit(0));
