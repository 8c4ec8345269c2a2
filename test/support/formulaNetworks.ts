import { elementCount } from '../../src/network/tensor/shape';
import { type AlexNetId } from '../../src/library/alexNets';
import { numbers, weights } from './formula';
import { torchvisionKernels } from './kernelShapes';
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
      return towerTensors(seed);
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

/** Drawn in PyTorch's layout, written in Keras': kernels [h, w, in / groups, out], dense [in, out], fc6's inputs h, w, c. */
function towerTensors(seed: number): FileTensor[] {
  const convolutions: [string, number, number, number][] = [
    ['conv1', 96, 3, 11],
    ['conv2', 256, 48, 5],
    ['conv3', 384, 256, 3],
    ['conv4', 384, 192, 3],
    ['conv5', 256, 192, 3],
  ];
  const dense: [string, number, number][] = [
    ['fc6', 4096, 9216],
    ['fc7', 4096, 4096],
    ['fc8', 1000, 4096],
  ];
  const bias = (name: string, outputs: number, k: number): FileTensor => ({
    name: `${name}.bias`,
    shape: [outputs],
    values: numbers(outputs, seed * 100 + 2 * k + 2, 0.2),
  });
  return [
    ...convolutions.flatMap(([name, outputs, inputs, side], k) => {
      const area = side * side;
      const source = (i: number): number => {
        const [cell, inOut] = [Math.floor(i / (inputs * outputs)), i % (inputs * outputs)];
        const [input, output] = [Math.floor(inOut / outputs), inOut % outputs];
        return (output * inputs + input) * area + cell;
      };
      const fanIn = inputs * area;
      const values = weights(fanIn * outputs, fanIn, seed * 100 + 2 * k + 1, source);
      return [
        { name: `${name}.kernel`, shape: [side, side, inputs, outputs], values },
        bias(name, outputs, k),
      ];
    }),
    ...dense.flatMap(([name, outputs, inputs], at) => {
      const k = convolutions.length + at;
      const row = name === 'fc6' ? channelsFirst : (i: number): number => i;
      const source = (i: number): number => (i % outputs) * inputs + row(Math.floor(i / outputs));
      const values = weights(inputs * outputs, inputs, seed * 100 + 2 * k + 1, source);
      return [{ name: `${name}.kernel`, shape: [inputs, outputs], values }, bias(name, outputs, k)];
    }),
  ];
}

/** Index h, w, c of pool5's 6 x 6 x 256 map as PyTorch flattens it: c, h, w. */
function channelsFirst(i: number): number {
  return (i % 256) * 36 + Math.floor(i / 256);
}
