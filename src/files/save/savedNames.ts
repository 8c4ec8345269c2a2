import type { Layer, WeightSpec } from '../../network/layers/layer';
import { elementCount } from '../../network/tensor/shape';
import type { Variant } from '../../library/variant';
import { weightKey } from '../networkWeights';
import { flattenedMap, shapeIn } from '../weightLayout';
import { outputsFirst } from './outputsFirst';
import type { WeightToSave } from './weightToSave';

/** Has the values of a weight, in the network's own layout. */
export type ValuesOf = (layer: Layer, spec: WeightSpec) => Promise<Float32Array>;

/** As Keras, TensorFlow.js and NumPy's users call weights: `conv1/kernel`. */
export function kerasWeights({ network }: Variant, valuesOf: ValuesOf): readonly WeightToSave[] {
  return network.layers.flatMap((layer) =>
    layer.weights.map((spec) => ({
      name: `${layer.name}/${spec.name}`,
      shape: spec.shape,
      values: () => valuesOf(layer, spec),
    })),
  );
}

/** As this project's safetensors files have them, `conv1.kernel`; for torchvision PyTorch's own names and layout. */
export function safetensorsWeights(variant: Variant, valuesOf: ValuesOf): readonly WeightToSave[] {
  return variant.network.layers.flatMap((layer) =>
    layer.weights.map((spec) => {
      if (variant.id === 'torchvision') return torchWeight(variant, layer, spec, valuesOf);
      const name = weightKey(layer.name, spec.name);
      return { name, shape: spec.shape, values: () => valuesOf(layer, spec) };
    }),
  );
}

/** torchvision.models.alexnet's modules by our layers' names. */
const torchModules: Readonly<Record<string, string>> = {
  conv1: 'features.0',
  conv2: 'features.3',
  conv3: 'features.6',
  conv4: 'features.8',
  conv5: 'features.10',
  fc6: 'classifier.1',
  fc7: 'classifier.4',
  fc8: 'classifier.6',
};

function torchWeight(
  { network }: Variant,
  layer: Layer,
  spec: WeightSpec,
  valuesOf: ValuesOf,
): WeightToSave {
  const isKernel = spec.name === 'kernel';
  const name = `${torchModules[layer.name] ?? layer.name}.${isKernel ? 'weight' : 'bias'}`;
  if (!isKernel) return { name, shape: spec.shape, values: () => valuesOf(layer, spec) };
  const map = flattenedMap(network, layer);
  const [outputs = 0] = spec.shape.slice(-1);
  const cells = map ? map[0] * map[1] : elementCount(spec.shape.slice(0, -2));
  const channels = elementCount(spec.shape.slice(0, -1)) / cells;
  return {
    name,
    shape: shapeIn('outputs first', spec),
    values: async () => outputsFirst(await valuesOf(layer, spec), cells, channels, outputs),
  };
}
