import { setImmediate } from 'node:timers/promises';
import { RemoteError } from '../../src/protocol/rpc';

/** Lets everything happen that waits for nothing but its turn. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await setImmediate();
}

/** What the engine threw, as it arrives at the host. */
export function remoteError(name: string, message: string): RemoteError {
  return new RemoteError(name, message);
}
