import { NetworkError } from '../../../../network/tensor/networkError';
import { elementCount, type Shape } from '../../../../network/tensor/shape';
import { type Constant, computed, mostFolded, withDims } from '../graph/constant';
import { spread, broadcast, valuesOf } from './foldedArithmetic';
import { flattenedDims, reshapedDims, squeezedDims, unsqueezedDims } from './newDims';
import type { Operation } from './operation';
import { sliceAlong, slices } from './slices';

function first(operation: Operation): Constant {
  return operation.constant(0, 'input');
}

/** A constant in new dimensions, its values in their order. */
function renamed(dimsOf: (operation: Operation, dims: Shape) => Shape) {
  return (operation: Operation): Constant => {
    const given = first(operation);
    const dims = dimsOf(operation, given.dims);
    const [had, wanted] = [elementCount(given.dims), elementCount(dims)];
    if (had === wanted) return withDims(given, dims);
    throw new NetworkError(`${had} values do not go into [${dims.join(', ')}]`);
  };
}

/** Values along one axis by their places. */
function taken(
  constant: Constant,
  axis: number,
  places: readonly number[],
  name: string,
): Constant {
  const { dims } = constant;
  const values = valuesOf(constant);
  const inner = elementCount(dims.slice(axis + 1));
  const outer = elementCount(dims.slice(0, axis));
  const size = dims[axis] ?? 1;
  const count = outer * places.length * inner;
  if (count > mostFolded) throw new NetworkError(`${count} values are too many to compute with`);
  const result = new Float64Array(count);
  let to = 0;
  for (let before = 0; before < outer; before++) {
    for (const place of places) {
      const from = (before * size + place) * inner;
      result.set(values.subarray(from, from + inner), to);
      to += inner;
    }
  }
  const own = dims.map((each, at) => (at === axis ? places.length : each));
  return computed(name, own, result, constant.isWhole);
}

function gather(operation: Operation): Constant {
  const given = first(operation);
  const axis = operation.axis(operation.number('axis', 0), given.dims.length);
  const indices = operation.constant(1, 'indices');
  const size = given.dims[axis] ?? 1;
  const places = [...valuesOf(indices)].map((at) => operation.axis(at, size));
  const found = taken(given, axis, places, operation.node.outputs[0] ?? '');
  const dims = [...given.dims.slice(0, axis), ...indices.dims, ...given.dims.slice(axis + 1)];
  return withDims(found, dims);
}

function slice(operation: Operation): Constant {
  const given = first(operation);
  const name = operation.node.outputs[0] ?? '';
  return slices(operation, given.dims).reduce(
    (constant, { axis, ...step }) => taken(constant, axis, sliceAlong(step), name),
    given,
  );
}

function concat(operation: Operation): Constant {
  const parts = operation.node.inputs.map((_, index) => operation.constant(index, 'input'));
  const [one] = parts;
  if (!one) throw new NetworkError('Concat has no input');
  const axis = operation.axis(operation.number('axis', 0), one.dims.length);
  const outer = elementCount(one.dims.slice(0, axis));
  const count = parts.reduce((total, part) => total + valuesOf(part).length, 0);
  if (count > mostFolded) throw new NetworkError(`${count} values are too many to compute with`);
  const values = new Float64Array(count);
  let to = 0;
  for (let before = 0; before < outer; before++) {
    for (const part of parts) {
      const length = elementCount(part.dims.slice(axis));
      const own = valuesOf(part).subarray(before * length, (before + 1) * length);
      values.set(own, to);
      to += own.length;
    }
  }
  const sum = parts.reduce((total, { dims }) => total + (dims[axis] ?? 0), 0);
  const dims = one.dims.map((size, at) => (at === axis ? sum : size));
  if (to !== count || elementCount(dims) !== count)
    throw new NetworkError('Concat of constants that do not fit');
  const isWhole = parts.every((part) => part.isWhole);
  return computed(operation.node.outputs[0] ?? '', dims, values, isWhole);
}

function expand(operation: Operation): Constant {
  const given = first(operation);
  const dims = broadcast(given.dims, operation.values(1, 'shape'));
  const name = operation.node.outputs[0] ?? '';
  return computed(name, dims, spread(valuesOf(given), given.dims, dims), given.isWhole);
}

/** Constants whose values move and do not change. */
export const moving = {
  Reshape: renamed((operation, dims) => reshapedDims(operation, dims)),
  Squeeze: renamed(squeezedDims),
  Unsqueeze: renamed(unsqueezedDims),
  Flatten: renamed(flattenedDims),
  Gather: gather,
  Slice: slice,
  Concat: concat,
  Expand: expand,
};
