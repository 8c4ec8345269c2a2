import { assemble, type LayerPlan } from './assemble';
import { layerNamed, type Network } from './network';
import { elementCount } from './tensor/shape';

/** How many classes a network tells apart: the values of its output. */
export function classCount(network: Network): number {
  const [output = ''] = network.outputs;
  return elementCount(layerNamed(network, output).outputShape);
}

/** A network of the same layers whose last dense layer has a unit for each of `count` classes; undefined where its classes come from no dense layer. */
export function withClassCount(network: Network, count: number): Network | undefined {
  const { layers, inputs, outputs } = network;
  const last = layers.findLast(({ kind }) => kind === 'Dense')?.name;
  const plans = layers.map((layer): LayerPlan => {
    const { name, inputs: sources, weightsOf } = layer;
    const isLast = layer.kind === 'Dense' && name === last;
    const settings = isLast ? { ...layer, units: count } : layer;
    return { name, settings, inputs: sources, ...(weightsOf !== undefined && { weightsOf }) };
  });
  const made = assemble(plans, { inputs, outputs });
  return classCount(made) === count ? made : undefined;
}
