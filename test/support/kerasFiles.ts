import { elementCount } from '../../src/network/tensor/shape';
import type { Shape } from '../../src/network/tensor/shape';

const kernelAndBias = (layer: string): string[] => [`${layer}/kernel`, `${layer}/bias`];
const norm = (layer: string): string[] =>
  ['gamma', 'beta', 'moving_mean', 'moving_variance'].map((part) => `${layer}/${part}`);

/** The weights of Keras' AlexNet in the order of its layers; the k-th, counted from 1, holds the k-th pattern. */
export const inLayerOrder: readonly string[] = [
  ...kernelAndBias('conv1'),
  ...norm('bn1'),
  ...kernelAndBias('conv2'),
  ...norm('bn2'),
  ...['conv3', 'conv4', 'conv5'].flatMap(kernelAndBias),
  ...norm('bn5'),
  ...['fc6', 'fc7', 'fc8'].flatMap(kernelAndBias),
];

/** The same where nothing tells the order of layers of different classes. */
export const byClass: readonly string[] = [
  ...['bn1', 'bn2', 'bn5'].flatMap(norm),
  ...['conv1', 'conv2', 'conv3', 'conv4', 'conv5', 'fc6', 'fc7', 'fc8'].flatMap(kernelAndBias),
];

/** What the values of a tensor repeat in the files that were made with repeating weights. */
export function kerasPattern(name: string, shape: Shape): Float32Array {
  const k = inLayerOrder.indexOf(name) + 1;
  const fanIn = elementCount(shape.slice(0, -1));
  const table = (scale: number, change = (value: number) => value): Float32Array =>
    Float32Array.from({ length: 251 }, (_, i) =>
      change(Math.fround(((((i * 31 + k * 17) % 251) - 125) / 125) * scale)),
    );
  if (shape.length > 1) return table(Math.sqrt(6 / fanIn));
  if (name.endsWith('moving_variance')) return table(0.5, (value) => Math.abs(value) + 0.5);
  return name.endsWith('gamma') ? table(0.3, (value) => value + 1) : table(0.1);
}
