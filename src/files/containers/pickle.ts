import type { PickleWorld } from './pickleMachine';
import { damaged, PickleMachine } from './pickleMachine';
import { pickleOperations } from './pickleOperations';
import { PickleReader } from './pickleReader';
import type { PickleValue } from './pickleValue';

/** The value of a pickle, and the offset after it. */
export interface Unpickled {
  readonly value: PickleValue;
  readonly end: number;
}

/** Bound of a pickle; AlexNet's has 2 kB, one with a training history some hundred. */
export const maxPickleBytes = 2 ** 24;
/** Bound of one that holds the weights' numbers itself; float64 of the largest AlexNet take 500 MB. */
export const maxArrayPickleBytes = 600e6;

const stop = '.'.charCodeAt(0);

/** Reads a pickle as data: runs nothing of it, and throws a WeightsError for names that `world` does not allow. */
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
