import { NetworkError } from '../tensor/networkError';
import { elementCount, formatShape, isMapShape, type Shape } from '../tensor/shape';
import type { LayerRule } from './layerRule';
import { seeingAll } from './reshape';

/**
 * Matrices [rows, inner] of the first input times [inner, columns] of the second, one for each index of the axes before;
 * axes of 1 among these are repeated.
 */
export const matmul: LayerRule<'Matmul'> = {
  arity: 'several',
  outputShape(_, inputs) {
    const [a, b, ...others] = inputs;
    if (!a || !b || others.length > 0) {
      throw new NetworkError(`Matmul takes two inputs, got ${inputs.length}`);
    }
    const fits = a.length === b.length && a.length >= 2 && a.at(-1) === b.at(-2);
    const stack = fits ? stackOf(a, b) : undefined;
    if (stack) return [...stack, a.at(-2) ?? 1, b.at(-1) ?? 1];
    throw new NetworkError(`matrices ${formatShape(a)} and ${formatShape(b)} do not multiply`);
  },
  macs: ({ inputShapes: [a = []], outputShape }) => elementCount(outputShape) * (a.at(-1) ?? 1),
  // A row meets every column.
  window: ({ outputShape }, side, axis) =>
    isMapShape(outputShape) ? (seeingAll(side, outputShape[axis]) ?? everyCell(side)) : undefined,
  operands({ kind, inputShapes: [a = [], b = []], outputShape }, { index }, { inputs: [x, y] }) {
    const [rows = 1, inner = 1] = a.slice(-2);
    const columns = b.at(-1) ?? 1;
    const [row, column] = [Math.floor(index / columns) % rows, index % columns];
    const stack = Math.floor(index / (rows * columns));
    const first = (placeInStack(a, outputShape, stack) * rows + row) * inner;
    const second = placeInStack(b, outputShape, stack) * inner * columns + column;
    return {
      kind,
      inputs: x?.slice(first, first + inner) ?? new Float32Array(),
      others: Float32Array.from({ length: inner }, (_, at) => y?.[second + at * columns] ?? NaN),
    };
  },
  words: ({ inputShapes: [a = []] }) => [{ term: 'Products', value: String(a.at(-1) ?? 1) }],
  title: () => 'MatMul',
};

function everyCell(side: number) {
  return { size: side, stride: 0, dilation: 1, padBefore: 0, padAfter: 0, cells: side };
}

/** The axes before those of the matrices; undefined where these do not go together. */
function stackOf(a: Shape, b: Shape): Shape | undefined {
  const [own, other] = [a.slice(0, -2), b.slice(0, -2)];
  const fits = own.every((size, axis) => size === other[axis] || size === 1 || other[axis] === 1);
  return fits ? own.map((size, axis) => Math.max(size, other[axis] ?? 1)) : undefined;
}

/** Which matrix of an input goes into the output's matrix at `index` of the stack. */
function placeInStack(input: Shape, output: Shape, index: number): number {
  let [rest, at, step] = [index, 0, 1];
  for (let axis = output.length - 3; axis >= 0; axis--) {
    const [size, own] = [output[axis] ?? 1, input[axis] ?? 1];
    if (own > 1) at += (rest % size) * step;
    step *= own;
    rest = Math.floor(rest / size);
  }
  return at;
}
