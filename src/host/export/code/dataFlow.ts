import type { Layer } from '../../../network/layers/layer';
import { layerNamed, type Network } from '../../../network/network';

/** The layers that code computes a network's outputs with. */
export interface DataFlow {
  /** In an order in which they can run. */
  readonly layers: readonly Layer[];
  /** Those whose output goes to the next one only, so that it needs no name of its own. */
  readonly passing: ReadonlySet<string>;
  /** Layers whose weights are used once more. */
  readonly shared: ReadonlySet<string>;
}

/** Throws a NetworkError where an output does not follow from what is known. */
export function dataFlow(network: Network): DataFlow {
  const { inputs, outputs } = network;
  const needed = new Set([...inputs, ...outputs]);
  for (const output of outputs) layerNamed(network, output);
  for (const { name, inputs: sources, weightsOf } of network.layers.toReversed()) {
    if (!needed.has(name)) continue;
    for (const source of sources) needed.add(source);
    // The first call of a layer is where it is made, also where nothing comes of that call.
    if (weightsOf !== undefined) needed.add(weightsOf);
  }
  const layers = network.layers.filter(({ name }) => needed.has(name));
  // Inputs are there from the start: only the first one's is not taken by a layer before it.
  const passing = layers.filter(
    (layer, at) =>
      (at === 0 || layer.kind !== 'InputLayer') && isPassing(layer, layers.slice(at + 1), outputs),
  );
  return {
    layers,
    passing: new Set(passing.map(({ name }) => name)),
    shared: new Set(layers.flatMap(({ weightsOf }) => weightsOf ?? [])),
  };
}

function isPassing(
  { name }: Layer,
  [next, ...rest]: readonly Layer[],
  outputs: readonly string[],
): boolean {
  if (!next) return outputs.length === 1;
  if (outputs.includes(name)) return false;
  return next.inputs.includes(name) && !rest.some(({ inputs }) => inputs.includes(name));
}
