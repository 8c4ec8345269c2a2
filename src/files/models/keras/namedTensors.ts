import type { TensorInFile } from '../../tensors/tensorFile';
import type { FindTensors } from '../plans/modelWeights';
import type { WeightSlot } from '../plans/weightSlots';

/** A tensor under the names that a file gives it, the last of them the variable's. */
export interface NamedTensor {
  readonly names: readonly string[];
  readonly tensor: TensorInFile;
}

/** The tensor of each weight: by the variable's name, of those the one whose path agrees most with the layer's. */
export function byName(
  slots: readonly WeightSlot[],
  tensors: readonly NamedTensor[],
): ReadonlyMap<WeightSlot, TensorInFile> {
  const ofVariable = grouped(tensors, ({ names }) => names.at(-1) ?? '');
  const found = new Map<WeightSlot, TensorInFile>();
  const taken = new Set<NamedTensor>();
  for (const slot of slots) {
    const named = slot.names.flatMap((name) => ofVariable.get(name) ?? []);
    const best = nearest(
      slot,
      named.filter((each) => !taken.has(each)),
    );
    if (!best) continue;
    taken.add(best);
    found.set(slot, best.tensor);
  }
  return found;
}

/** Of several whose layer has the name that is wanted, the one with more of the models' names before it. */
function nearest(
  { of: { path } }: WeightSlot,
  named: readonly NamedTensor[],
): NamedTensor | undefined {
  const agreeing = named.map((each) => ({
    each,
    agreed: agreement(path, each.names.slice(0, -1)),
  }));
  const best = agreeing.reduce<(typeof agreeing)[number] | undefined>(
    (a, b) => (a && a.agreed >= b.agreed ? a : b),
    undefined,
  );
  return best && best.agreed > 0 ? best.each : undefined;
}

/** How many names agree, counted from the last. */
function agreement(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length && count < b.length && a.at(-1 - count) === b.at(-1 - count)) count++;
  return count;
}

/** Finds tensors in a list of all by their names. */
export function findByName(tensors: readonly NamedTensor[]): FindTensors {
  return (slots) => Promise.resolve(byName(slots, tensors));
}

/** Lists by what their members have in common, in order. */
export function grouped<T>(
  all: readonly T[],
  keyOf: (one: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}
