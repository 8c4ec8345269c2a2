import type { PickleWorld } from './pickleMachine';
import { damaged, PickleMachine } from './pickleMachine';
import { pickleOperations } from './pickleOperations';
import { PickleReader } from './pickleReader';
import type { PickleValue } from './pickleValue';

/** What a pickle holds, and where the next one may begin. */
export interface Unpickled {
  readonly value: PickleValue;
  readonly end: number;
}

/** AlexNet's pickle takes 2 kB; one with settings and histories of training some hundred. */
export const maxPickleBytes = 2 ** 24;

const stop = '.'.charCodeAt(0);

/** Reads a Python pickle as data: nothing of it runs, and names other than the world's are refused. */
export function unpickle(data: Uint8Array, start: number, world: PickleWorld): Unpickled {
  const reader = new PickleReader(data, start);
  const machine = new PickleMachine(reader, world);
  for (;;) {
    const at = reader.at;
    const code = reader.u8();
    if (code === stop) return { value: machine.pop(), end: reader.at };
    const operation = pickleOperations.get(code);
    if (!operation) throw damaged(`has the unknown operation ${code} at byte ${at - start}`);
    machine.spend(1);
    operation(machine);
  }
}
