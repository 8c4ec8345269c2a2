import type { Layer, WeightSpec } from '../network/layer';
import type { Network } from '../network/network';
import type { MapShape, Shape } from '../network/shape';
import { isMapShape } from '../network/shape';
import type { VariantId } from '../network/variants/variant';
import { denseAfterChannelsFirst, denseToInOut, kernelToHwio } from './layouts';
import { weightKey } from './networkWeights';

/** How a weight of the network is called and laid out in a file. */
export interface FileWeight {
  readonly name: string;
  readonly shape: Shape;
  readonly convert: (values: Float32Array) => Float32Array;
}

/** Names in a safetensors file: PyTorch's for torchvision, `<layer>.<weight>` in Keras' layout for the others. */
export function fileWeight(
  variant: VariantId,
  network: Network,
  layer: Layer,
  spec: WeightSpec,
): FileWeight {
  if (variant === 'torchvision') return torchWeight(network, layer, spec);
  return { name: weightKey(layer.name, spec.name), shape: spec.shape, convert: (values) => values };
}

/** torchvision.models.alexnet's modules by our layer names. */
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

function torchWeight(network: Network, layer: Layer, spec: WeightSpec): FileWeight {
  const part = spec.name === 'kernel' ? 'weight' : 'bias';
  const name = `${torchModules[layer.name] ?? layer.name}.${part}`;
  if (spec.name !== 'kernel') return { name, shape: spec.shape, convert: (values) => values };
  const [a = 0, b = 0, c = 0, d = 0] = spec.shape;
  if (layer.kind === 'Conv2D') {
    const shape = [d, c, a, b];
    return { name, shape, convert: (values) => kernelToHwio(values, shape) };
  }
  const shape = [b, a];
  const map = flattenedMap(network, layer);
  return {
    name,
    shape,
    convert: (values) =>
      map ? denseAfterChannelsFirst(values, shape, map) : denseToInOut(values, shape),
  };
}

/** The map a dense layer's inputs were flattened from, if they were: looked for behind dropout. */
function flattenedMap(network: Network, layer: Layer): MapShape | undefined {
  const source = network.layers.find((candidate) => candidate.name === layer.inputs[0]);
  if (source?.kind === 'Dropout') return flattenedMap(network, source);
  return source?.kind === 'Flatten' && isMapShape(source.inputShape)
    ? source.inputShape
    : undefined;
}
