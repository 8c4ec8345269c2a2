import type { Message, Port } from '../protocol/rpc';

/** The engine's end of the channel to the extension host that forked it. */
export function processPort(): Port {
  return {
    send(message) {
      // Where the host is gone the process is about to end; a callback keeps that from being thrown.
      process.send?.(message, undefined, undefined, () => undefined);
    },
    receive(listener) {
      process.on('message', (message) => listener(message as Message));
    },
  };
}
