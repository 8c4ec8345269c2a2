import type { Shape } from '../../src/network/tensor/shape';

/** Layers by the names in a file, in its order: convolutions [out, in / groups, h, w], dense [out, in]. */
export type KernelShapes = readonly (readonly [layer: string, kernel: Shape])[];

export const torchvisionKernels: KernelShapes = [
  ['features.0', [64, 3, 11, 11]],
  ['features.3', [192, 64, 5, 5]],
  ['features.6', [384, 192, 3, 3]],
  ['features.8', [256, 384, 3, 3]],
  ['features.10', [256, 256, 3, 3]],
  ['classifier.1', [4096, 9216]],
  ['classifier.4', [4096, 4096]],
  ['classifier.6', [1000, 4096]],
];

export const caffeKernels: KernelShapes = [
  ['conv1', [96, 3, 11, 11]],
  ['conv2', [256, 48, 5, 5]],
  ['conv3', [384, 256, 3, 3]],
  ['conv4', [384, 192, 3, 3]],
  ['conv5', [256, 192, 3, 3]],
  ['fc6', [4096, 9216]],
  ['fc7', [4096, 4096]],
  ['fc8', [1000, 4096]],
];

/** The names and shapes of each layer's kernel and bias, the layer's name followed by `endings`. */
export function kernelsAndBiases(
  layers: KernelShapes,
  [kernel, bias]: readonly [kernel: string, bias: string],
): readonly { readonly name: string; readonly shape: Shape }[] {
  return layers.flatMap(([layer, shape]) => [
    { name: `${layer}${kernel}`, shape },
    { name: `${layer}${bias}`, shape: shape.slice(0, 1) },
  ]);
}
