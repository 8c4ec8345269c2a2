import type { Message, Port } from '../protocol/rpc';

/** The engine's end of the channel to the extension host that forked it. */
export function processPort(): Port {
  return {
    send(message) {
      process.send?.(message);
    },
    receive(listener) {
      process.on('message', (message) => listener(message as Message));
    },
  };
}
