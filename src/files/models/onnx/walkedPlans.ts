import type { ModelPlans } from '../plans/modelPlans';
import type { FindTensors, FoundTensor } from '../plans/modelWeights';
import type { WeightSlot } from '../plans/weightSlots';
import type { GraphWalk } from './graphWalk';
import type { LayerWeight } from './values/operation';

/** The layers that a walk has made, each of which holds its own weights. */
export function plansOfWalk(
  { plans }: GraphWalk,
  about: Pick<ModelPlans, 'name' | 'inputs' | 'outputs' | 'open'>,
): ModelPlans {
  return {
    ...about,
    plans,
    layers: plans.map(({ name }) => ({ path: [name], groups: [], parts: [{ layer: name }] })),
    stated: new Map(),
  };
}

/** The layers whose outputs have these names in the graph. */
export function outputsOf(names: readonly string[], { values }: GraphWalk): readonly string[] {
  const layers = names.flatMap((name) => {
    const value = values.get(name);
    if (value?.kind === 'tensor') return [value.layer.name];
    return value?.kind === 'lost' ? [value.layer] : [];
  });
  return [...new Set(layers)];
}

/** By the names of the network's weights, which the walk has given to constants. */
export function foundIn({ weights }: GraphWalk): FindTensors {
  return (slots) => {
    const found = new Map<WeightSlot, FoundTensor>();
    for (const slot of slots) {
      const weight = weights.get(slot.key);
      if (weight) found.set(slot, layerWeight(weight));
    }
    return Promise.resolve(found);
  };
}

/** A layer's weight as a tensor of the file, in the network's shape. */
function layerWeight({ constant, shape, placing, scale = 1 }: LayerWeight): FoundTensor {
  const { name, byteLength, fault } = constant;
  return {
    ...{ name, shape, byteLength },
    ...(placing && { placing }),
    ...(fault !== undefined && { fault }),
    pieces: () => (scale === 1 ? constant.pieces() : scaled(constant.pieces(), scale)),
  };
}

async function* scaled(
  pieces: AsyncIterable<Float32Array>,
  scale: number,
): AsyncGenerator<Float32Array> {
  for await (const piece of pieces) yield piece.map((value) => value * scale);
}
