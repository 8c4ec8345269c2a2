import type { Layer, WeightSpec } from '../../network/layers/layer';
import { elementCount } from '../../network/tensor/shape';
import type { ModelDocument } from '../../network/modelDocument';
import type { Network } from '../../network/network';
import { weightKey } from '../matching/networkWeights';
import { flattenedMap, shapeIn } from '../matching/weightLayout';
import { movedAxes } from './movedAxes';
import type { WeightToSave } from './weightToSave';

/** Reads the values of a weight, in the network's layout. */
export type ValuesOf = (layer: Layer, spec: WeightSpec) => Promise<Float32Array>;

/** What decides how a document's weights are called in a file. */
export type NamedNetwork = Pick<ModelDocument, 'network' | 'torchModules'>;

/** Names of weights in Keras, TensorFlow.js and NumPy files: `conv1/kernel`. */
export function kerasWeights(
  { network }: NamedNetwork,
  valuesOf: ValuesOf,
): readonly WeightToSave[] {
  return network.layers.flatMap((layer) =>
    layer.weights.map((spec) => ({
      name: `${layer.name}/${spec.name}`,
      shape: spec.shape,
      values: () => valuesOf(layer, spec),
    })),
  );
}

/** Names in this product's safetensors files, `conv1.kernel`; PyTorch's names and layout where it has the network. */
export function safetensorsWeights(
  { network, torchModules }: NamedNetwork,
  valuesOf: ValuesOf,
): readonly WeightToSave[] {
  return network.layers.flatMap((layer) =>
    layer.weights.map((spec) => {
      const module = torchModules?.[layer.name];
      if (module !== undefined) return torchWeight({ network, module }, layer, spec, valuesOf);
      const name = weightKey(layer.name, spec.name);
      return { name, shape: spec.shape, values: () => valuesOf(layer, spec) };
    }),
  );
}

function torchWeight(
  { network, module }: { readonly network: Network; readonly module: string },
  layer: Layer,
  spec: WeightSpec,
  valuesOf: ValuesOf,
): WeightToSave {
  const isKernel = spec.name === 'kernel';
  const name = `${module}.${isKernel ? 'weight' : 'bias'}`;
  if (!isKernel) return { name, shape: spec.shape, values: () => valuesOf(layer, spec) };
  const map = flattenedMap(network, layer);
  const [outputs = 0] = spec.shape.slice(-1);
  const cells = map ? map[0] * map[1] : elementCount(spec.shape.slice(0, -2));
  const channels = elementCount(spec.shape.slice(0, -1)) / cells;
  return {
    name,
    shape: shapeIn('outputs first', spec),
    values: async () =>
      movedAxes(await valuesOf(layer, spec), [cells, channels, outputs], [2, 1, 0]),
  };
}
