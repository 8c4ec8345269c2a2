import { NetworkError } from '../../../../network/tensor/networkError';
import { elementCount } from '../../../../network/tensor/shape';
import { type Constant, computed, mostFolded } from '../graph/constant';
import { broadcast, valuesOf } from './foldedArithmetic';
import type { Operation } from './operation';

/** Bound of products that are added up as a file is read. */
const mostProducts = 2 ** 26;

/** Matrices of constants, as networks compute biases from places with. */
function matMul(operation: Operation): Constant {
  const [a, b] = [operation.constant(0, 'matrix'), operation.constant(1, 'matrix')];
  const [rows = 1, inner = 1] = a.dims.slice(-2);
  const [height = 1, columns = 1] = b.dims.slice(-2);
  if (Math.min(a.dims.length, b.dims.length) < 2 || inner !== height) {
    throw new NetworkError(`[${a.dims.join(', ')}] and [${b.dims.join(', ')}] do not multiply`);
  }
  const isOne = elementCount(b.dims.slice(0, -2)) === 1;
  const stack = broadcast(a.dims.slice(0, -2), b.dims.slice(0, -2));
  const count = elementCount(stack) * rows * columns;
  if (!isOne || count > mostFolded || count * inner > mostProducts) {
    throw new NetworkError(`a product of constants [${stack.join(', ')}] is not known here`);
  }
  const [left, right] = [valuesOf(a), valuesOf(b)];
  const values = Float64Array.from({ length: count }, (_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    let sum = 0;
    for (let k = 0; k < inner; k++) {
      sum += (left[row * inner + k] ?? 0) * (right[k * columns + column] ?? 0);
    }
    return sum;
  });
  const isWhole = a.isWhole && b.isWhole;
  return computed(operation.node.outputs[0] ?? '', [...stack, rows, columns], values, isWhole);
}

/** Values of a constant with others in their places: those that a list of indices names. */
function scatterND(operation: Operation): Constant {
  const [data, indices, updates] = ['data', 'indices', 'updates'].map((what, at) =>
    operation.constant(at, what),
  ) as [Constant, Constant, Constant];
  const depth = indices.dims.at(-1) ?? 0;
  const size = elementCount(data.dims.slice(depth));
  const places = valuesOf(indices);
  const given = valuesOf(updates);
  const values = valuesOf(data).slice();
  const count = depth === 0 ? 0 : places.length / depth;
  if (depth > data.dims.length || count * size !== given.length) {
    throw new NetworkError(`ScatterND takes ${count * size} values, got ${given.length}`);
  }
  for (let at = 0; at < count; at++) {
    let place = 0;
    for (let axis = 0; axis < depth; axis++) {
      const side = data.dims[axis] ?? 1;
      place = place * side + operation.axis(places[at * depth + axis] ?? 0, side);
    }
    values.set(given.subarray(at * size, (at + 1) * size), place * size);
  }
  return computed(operation.node.outputs[0] ?? '', data.dims, values, data.isWhole);
}

export const products = { MatMul: matMul, ScatterND: scatterND };
