import { elementCount } from '../../src/network/tensor/shape';
import { type AlexNetId } from '../../src/library/alexNets';
import { numbers, turnedWeights, weights } from './formula';
import { caffeKernels, type KernelShapes, torchvisionKernels } from './kernelShapes';
import type { FileTensor } from './writeSafetensors';

/** The oracles' weights of a variant and seed, named and laid out as its safetensors file has them. */
export function formulaTensors(variant: AlexNetId, seed: number): readonly FileTensor[] {
  switch (variant) {
    case 'keras':
      return kerasTensors(seed);
    case 'torchvision':
      return torchvisionTensors(seed);
    case 'paper':
    case 'bvlc':
    case 'caffenet':
      return turnedTensors(caffeKernels, seed);
  }
}

/** Keras' own order and layout: kernels [h, w, in, out], dense [in, out]. */
function kerasTensors(seed: number): FileTensor[] {
  const stream = (k: number): number => seed * 100 + k;
  const kernels: [string, number[]][] = [
    ['conv1', [11, 11, 3, 96]],
    ['conv2', [5, 5, 96, 256]],
    ['conv3', [3, 3, 256, 384]],
    ['conv4', [3, 3, 384, 384]],
    ['conv5', [3, 3, 384, 256]],
    ['fc6', [9216, 4096]],
    ['fc7', [4096, 4096]],
    ['fc8', [4096, 1000]],
  ];
  const layers = kernels.flatMap(([name, shape], k) => {
    const outputs = shape.at(-1)!;
    const fanIn = elementCount(shape.slice(0, -1));
    return [
      {
        name: `${name}.kernel`,
        shape,
        values: weights(elementCount(shape), fanIn, stream(2 * k + 1)),
      },
      { name: `${name}.bias`, shape: [outputs], values: numbers(outputs, stream(2 * k + 2), 0.2) },
    ];
  });
  const norms = [
    ['bn1', 96],
    ['bn2', 256],
    ['bn5', 256],
  ] as const;
  return [
    ...layers,
    ...norms.flatMap(([name, n], k) => {
      const first = 40 + 4 * k;
      const shape = [n];
      return [
        { name: `${name}.gamma`, shape, values: numbers(n, stream(first), 0.5, 1) },
        { name: `${name}.beta`, shape, values: numbers(n, stream(first + 1), 0.2) },
        { name: `${name}.moving_mean`, shape, values: numbers(n, stream(first + 2), 1, 0.5) },
        { name: `${name}.moving_variance`, shape, values: numbers(n, stream(first + 3), 1, 1) },
      ];
    }),
  ];
}

/** PyTorch's names, order and layout. */
function torchvisionTensors(seed: number): FileTensor[] {
  return torchvisionKernels.flatMap(([name, shape], k) => {
    const stream = seed * 100 + 2 * k + 1;
    const outputs = shape[0]!;
    const fanIn = elementCount(shape.slice(1));
    return [
      { name: `${name}.weight`, shape, values: weights(elementCount(shape), fanIn, stream) },
      { name: `${name}.bias`, shape: [outputs], values: numbers(outputs, stream + 1, 0.2) },
    ];
  });
}

/** The cells of the map that fc6 gets, 6 x 6. */
const flattenedCells = 36;

/**
 * Drawn in PyTorch's layout by the shapes that it has there, given in Keras': kernels [h, w, in / groups, out], dense
 * [in, out], fc6's inputs h, w, c.
 */
export function turnedTensors(kernels: KernelShapes, seed: number): FileTensor[] {
  return kernels.flatMap(([name, [outputs = 0, inputs = 0, ...sides]], k) => {
    const area = name === 'fc6' ? flattenedCells : elementCount(sides);
    const rows = inputs * elementCount(sides);
    const channels = rows / area;
    // Of [cell, channel] the place in [channel, cell].
    const place = (row: number): number => (row % channels) * area + Math.floor(row / channels);
    const stream = seed * 100 + 2 * k + 1;
    const values = turnedWeights([rows, outputs], stream, place);
    return [
      { name: `${name}.kernel`, shape: [...sides, inputs, outputs], values },
      { name: `${name}.bias`, shape: [outputs], values: numbers(outputs, stream + 1, 0.2) },
    ];
  });
}
