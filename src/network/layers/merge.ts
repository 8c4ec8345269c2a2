import { NetworkError } from '../tensor/networkError';
import { formatShape, type Shape } from '../tensor/shape';
import type { MergeOperation } from './layer';
import type { LayerRule } from './layerRule';

const titles: Readonly<Record<MergeOperation, string>> = {
  add: 'Add',
  subtract: 'Subtract',
  multiply: 'Multiply',
  average: 'Average',
  maximum: 'Maximum',
  minimum: 'Minimum',
};

/** Several inputs of one shape become one, value by value; an axis of 1 is repeated along the others' axis. */
export const merge: LayerRule<'Merge'> = {
  arity: 'several',
  outputShape({ operation }, inputs) {
    if (inputs.length < 2) {
      throw new NetworkError(`${titles[operation]} takes two inputs or more, got ${inputs.length}`);
    }
    if (operation === 'subtract' && inputs.length !== 2) {
      throw new NetworkError(`Subtract takes two inputs, got ${inputs.length}`);
    }
    return inputs.reduce((a, b) => broadcast(titles[operation], a, b));
  },
  operands({ kind, operation, inputShapes, outputShape }, { index }, { inputs }) {
    const values = inputs.map((input, at) => {
      const shape = inputShapes[at] ?? outputShape;
      return input[repeatedIndex(shape, outputShape, index)] ?? NaN;
    });
    return { kind, operation, inputs: Float32Array.from(values) };
  },
  words: () => [],
  title: ({ operation }) => titles[operation],
};

/** A list goes with a map as a value for each channel. */
function broadcast(title: string, a: Shape, b: Shape): Shape {
  const axes = Math.max(a.length, b.length);
  const [as, bs] = [a, b].map((shape) => [...Array<number>(axes - shape.length).fill(1), ...shape]);
  const fits = as?.every((size, axis) => size === bs?.[axis] || size === 1 || bs?.[axis] === 1);
  if (as && fits) return as.map((size, axis) => Math.max(size, bs?.[axis] ?? 1));
  throw new NetworkError(
    `${title} takes inputs of one shape, got ${formatShape(a)} and ${formatShape(b)}`,
  );
}

/** Index of the input's value that goes into the output's value at `index`. */
function repeatedIndex(input: Shape, output: Shape, index: number): number {
  const missing = output.length - input.length;
  let [rest, at, step] = [index, 0, 1];
  for (let axis = output.length - 1; axis >= missing; axis--) {
    const [size, own] = [output[axis] ?? 1, input[axis - missing] ?? 1];
    if (own > 1) at += (rest % size) * step;
    step *= own;
    rest = Math.floor(rest / size);
  }
  return at;
}
