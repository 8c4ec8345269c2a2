import { NetworkError } from '../../../../network/tensor/networkError';
import { elementCount, type Shape } from '../../../../network/tensor/shape';
import type { Constant } from '../graph/constant';
import { computed, dequantised, filled, maxValues, transposed } from '../graph/constant';
import { arithmetic } from './foldedArithmetic';
import { moving } from './foldedMoves';
import { products } from './foldedProducts';
import type { Operation } from './operation';

/** What an operator makes of constants. */
export type Folding = (operation: Operation) => Constant;

const same: Folding = (operation) => first(operation);

function first(operation: Operation): Constant {
  return operation.constant(0, 'input');
}

function called(operation: Operation): string {
  return operation.node.outputs[0] ?? operation.op;
}

const dequantize: Folding = (operation) => {
  const scale = Float32Array.from(operation.values(1, 'scale'));
  const zeroPoint = operation.has(2)
    ? Float32Array.from(operation.values(2, 'zero point'))
    : new Float32Array(scale.length);
  return dequantised(first(operation), { scale, zeroPoint, axis: operation.number('axis', 1) });
};

const constantOfShape: Folding = (operation) => {
  const dims = operation.values(0, 'shape');
  wantDims(dims);
  const value = operation.attributeConstant('value');
  return filled(called(operation), dims, value?.values?.[0] ?? 0, value?.isWhole ?? false);
};

function wantDims(dims: Shape): void {
  const isShape = dims.every((size) => Number.isSafeInteger(size) && size >= 0);
  if (isShape && Number.isSafeInteger(elementCount(dims) * Float64Array.BYTES_PER_ELEMENT)) return;
  throw new NetworkError(`[${dims.join(', ')}] is no shape`);
}

const constant: Folding = (operation) => {
  const stored = operation.attributeConstant('value');
  if (stored) return { ...stored, name: called(operation) };
  for (const [name, isWhole] of [
    ['value_float', false],
    ['value_int', true],
  ] as const) {
    const number = operation.number(name);
    if (number !== undefined)
      return computed(called(operation), [], Float64Array.of(number), isWhole);
  }
  for (const [name, isWhole] of [
    ['value_floats', false],
    ['value_ints', true],
  ] as const) {
    const list = operation.list(name);
    if (list) return computed(called(operation), [list.length], Float64Array.from(list), isWhole);
  }
  throw new NetworkError('Constant holds nothing that is read');
};

const range: Folding = (operation) => {
  const [start = 0, limit = 0, step = 1] = [0, 1, 2].map(
    (index) => operation.values(index, 'bounds')[0],
  );
  const count = Math.max(0, Math.ceil((limit - start) / step));
  if (!(count <= maxValues)) throw new NetworkError(`Range has ${count} numbers, too many`);
  const values = Float64Array.from({ length: count }, (_, i) => start + i * step);
  return computed(called(operation), [count], values, operation.constant(0, 'start').isWhole);
};

const cast: Folding = (operation) => {
  const given = first(operation);
  const isWhole = ![1, 10, 11, 16].includes(operation.number('to', 1));
  const { values } = given;
  if (!isWhole || !values) return { ...given, isWhole };
  return computed(called(operation), given.dims, values.map(Math.trunc), isWhole);
};

const transpose: Folding = (operation) => {
  const given = first(operation);
  const { length } = given.dims;
  const perm = operation.list('perm') ?? given.dims.map((_, axis) => length - 1 - axis);
  const places = new Set(perm.map((axis) => operation.axis(axis, length)));
  if (places.size !== length)
    throw new NetworkError(`the order ${perm.join(', ')} is none of ${length} axes`);
  return transposed(given, perm);
};

/** Shape, of some axes since version 15. */
export function shapeFold(operation: Operation, dims: Shape): Constant {
  const { length } = dims;
  const at = (asked: number): number =>
    Math.min(length, Math.max(0, asked < 0 ? asked + length : asked));
  const [start, end] = [at(operation.number('start', 0)), at(operation.number('end', length))];
  const values = Float64Array.from(dims.slice(start, end));
  return computed(called(operation), [values.length], values, true);
}

/** Operators that are done with constants as a file is read: those that exporters compute shapes and weights with. */
export const foldings: Readonly<Record<string, Folding>> = {
  Constant: constant,
  ConstantOfShape: constantOfShape,
  Identity: same,
  Cast: cast,
  CastLike: same,
  Dropout: same,
  Transpose: transpose,
  DequantizeLinear: dequantize,
  Range: range,
  Shape: (operation) => shapeFold(operation, first(operation).dims),
  Size: (operation) =>
    computed(called(operation), [], Float64Array.of(elementCount(first(operation).dims)), true),
  ...moving,
  ...arithmetic,
  ...products,
};
