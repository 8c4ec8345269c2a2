import { NetworkError } from '../../../../network/tensor/networkError';
import { elementCount } from '../../../../network/tensor/shape';
import { arranged, ofRank, reshaped } from '../values/arranging';
import { broadcast } from '../values/foldedArithmetic';
import type { Operation, Operator } from '../values/operation';
import { shapeOf, type TensorValue, transposedValue } from '../values/value';

/** Matrices of two tensors that are both computed: those of the last two axes, for each index of the others. */
export function matrixProduct(operation: Operation, a: TensorValue, b: TensorValue): TensorValue {
  if (a.dims.length === 1 || b.dims.length === 1) return listProduct(operation, a, b);
  const rank = Math.max(a.dims.length, b.dims.length);
  const [left, right] = [ofRank(a, rank), ofRank(b, rank)];
  const stack = broadcast(left.dims.slice(0, -2), right.dims.slice(0, -2));
  const axes = [
    ...stack.flatMap((size, axis) => (size === 1 ? [] : [axis])),
    ...[rank - 2, rank - 1],
  ];
  const matrices = [left, right].map((value) => arranged(operation, value, axes));
  const layer = operation.layer({ kind: 'Matmul' }, matrices);
  const dims = [...stack, left.dims.at(-2) ?? 1, right.dims.at(-1) ?? 1];
  return { kind: 'tensor', layer, dims, axes };
}

/** A list is a row before a matrix, or a column after one. */
function listProduct(operation: Operation, a: TensorValue, b: TensorValue): TensorValue {
  const isRow = a.dims.length === 1;
  const isColumn = b.dims.length === 1;
  const left = isRow ? { ...a, dims: [1, ...a.dims], axes: a.axes.map((axis) => axis + 1) } : a;
  const right = isColumn ? { ...b, dims: [...b.dims, 1] } : b;
  const product = matrixProduct(operation, left, right);
  const { length: rank } = product.dims;
  const kept = product.dims.flatMap((_, axis) => {
    const isList = (isRow && axis === rank - 2) || (isColumn && axis === rank - 1);
    return isList ? [] : [axis];
  });
  const dims = shapeOf(product.dims, kept);
  return { ...product, dims, axes: product.axes.map((axis) => kept.indexOf(axis)) };
}

/** Letters of an equation's inputs and of its output. */
interface Equation {
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[];
}

/** Einsum of two tensors whose letters are those of stacks, rows, columns and what is summed. */
export const einsum: Operator = (operation) => {
  const { inputs, output } = equationOf(operation.text('equation', ''));
  const [a, b] = [operation.tensor(0), operation.tensor(1)];
  const [as = [], bs = []] = inputs;
  const fits = as.length === a.dims.length && bs.length === b.dims.length;
  const isPlain = [as, bs, output].every((letters) => new Set(letters).size === letters.length);
  if (inputs.length !== 2 || !fits || !isPlain) {
    throw new NetworkError(`Einsum of ${operation.text('equation', '')} is not known here`);
  }
  const stack = output.filter((letter) => as.includes(letter) && bs.includes(letter));
  const rows = output.filter((letter) => as.includes(letter) && !bs.includes(letter));
  const columns = output.filter((letter) => !as.includes(letter));
  const inner = as.filter((letter) => !output.includes(letter));
  if (
    inner.some((letter) => !bs.includes(letter)) ||
    bs.some((letter) => !as.includes(letter) && !output.includes(letter))
  ) {
    throw new NetworkError(`Einsum of ${operation.text('equation', '')} is not known here`);
  }
  const sizes = new Map<string, number>();
  as.forEach((letter, at) => sizes.set(letter, a.dims[at] ?? 1));
  bs.forEach((letter, at) => sizes.set(letter, Math.max(b.dims[at] ?? 1, sizes.get(letter) ?? 1)));
  const count = (letters: readonly string[]): number =>
    elementCount(letters.map((letter) => sizes.get(letter) ?? 1));
  const matrices = (
    value: TensorValue,
    letters: readonly string[],
    ends: readonly (readonly string[])[],
  ) => {
    const order = [...stack, ...ends.flat()].map((letter) => letters.indexOf(letter));
    const turned = transposedValue(value, order);
    const stacked = shapeOf(
      turned.dims,
      stack.map((_, axis) => axis),
    );
    return reshaped(operation, turned, [...stacked, ...ends.map(count)]);
  };
  const product = matrixProduct(
    operation,
    matrices(a, as, [rows, inner]),
    matrices(b, bs, [inner, columns]),
  );
  const made = [...stack, ...rows, ...columns];
  const dims = made.map((letter) => sizes.get(letter) ?? 1);
  return transposedValue(
    reshaped(operation, product, dims),
    output.map((letter) => made.indexOf(letter)),
  );
};

function equationOf(text: string): Equation {
  const [inputs = '', output] = text.replace(/\s/g, '').split('->');
  const letters = inputs.split(',').map((part) => part.split(''));
  if (output === undefined || text.includes('.')) {
    throw new NetworkError(`Einsum of ${text} is not known here`);
  }
  return { inputs: letters, output: output.split('') };
}
