import { movedAxes } from '../../files/save/movedAxes';
import type { ValuesOf } from '../../files/save/savedNames';
import type { WeightToSave } from '../../files/save/weightToSave';
import { layerNamed, type Network } from '../../network/network';
import type { StoredTensor } from '../../protocol/storedTensor';
import { EngineError } from '../runtime/engineError';

/** The tensors that code loads, each from a layer's weight with its axes moved, or from numbers. */
export function storedWeights(
  network: Network,
  tensors: readonly StoredTensor[],
  valuesOf: ValuesOf,
): readonly WeightToSave[] {
  return tensors.map(({ name, shape, from }) => {
    if ('values' in from) return { name, shape, values: () => Promise.resolve(from.values) };
    const layer = layerNamed(network, from.layer);
    const spec = layer.weights.find((each) => each.name === from.weight);
    if (!spec) throw new EngineError(`${layer.name} has no ${from.weight}`);
    const { axes } = from;
    const own = from.shape ?? spec.shape;
    const values = async (): Promise<Float32Array> => {
      const read = await valuesOf(layer, spec);
      return axes ? movedAxes(read, own, axes) : read;
    };
    return { name, shape, values };
  });
}
