import { cellAt, mapShape } from '../tensor/cell';
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

function broadcast(title: string, a: Shape, b: Shape): Shape {
  const fits =
    a.length === b.length &&
    a.every((size, axis) => size === b[axis] || size === 1 || b[axis] === 1);
  if (fits) return a.map((size, axis) => Math.max(size, b[axis] ?? 1));
  throw new NetworkError(
    `${title} takes inputs of one shape, got ${formatShape(a)} and ${formatShape(b)}`,
  );
}

/** Index of the input's value that goes into the output's value at `index`. */
function repeatedIndex(input: Shape, output: Shape, index: number): number {
  const { row, column, channel } = cellAt(output, index);
  const [height, width, channels] = mapShape(input);
  const on = (place: number, size: number): number => (size === 1 ? 0 : place);
  return (on(row, height) * width + on(column, width)) * channels + on(channel, channels);
}
