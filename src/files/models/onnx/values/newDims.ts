import { NetworkError } from '../../../../network/tensor/networkError';
import { elementCount, type Shape } from '../../../../network/tensor/shape';
import type { Operation } from './operation';
import { dimsWords } from './value';

/** The axes before `axis` become one, and those from there on another. */
export function flattenedDims(operation: Operation, dims: Shape): Shape {
  const asked = operation.number('axis', 1);
  const axis = asked < 0 ? asked + dims.length : asked;
  return [elementCount(dims.slice(0, axis)), elementCount(dims.slice(axis))];
}

/** What a Reshape makes of dimensions: 0 is as it was, -1 what is left. */
export function reshapedDims(operation: Operation, dims: Shape): Shape {
  const asked = operation.listOrInput('shape', 1);
  if (!asked) throw new NetworkError('Reshape says no shape');
  const { batch } = operation.around;
  const isZeroKept = !operation.flag('allowzero', false);
  const known = asked.map((size, axis) => {
    if (size === 0 && isZeroKept) return dims[axis] ?? 0;
    // The batch that the file was written for; one picture runs at a time.
    return axis === 0 && size === batch && dims[0] === 1 ? 1 : size;
  });
  const given = elementCount(known.filter((size) => size !== -1));
  const count = elementCount(dims);
  if (known.includes(-1) && (given === 0 || count % given !== 0)) {
    throw new NetworkError(
      `${count} values (${dimsWords(dims)}) do not divide by ${given} (${asked.join(', ')})`,
    );
  }
  return known.map((size) => (size === -1 ? count / given : size));
}

/** Without the axes of one that are named, or without all. */
export function squeezedDims(operation: Operation, dims: Shape): Shape {
  const axes = operation.listOrInput('axes', 1)?.map((axis) => operation.axis(axis, dims.length));
  const long = axes?.find((axis) => dims[axis] !== 1);
  if (long !== undefined) {
    throw new NetworkError(`axis ${long} of ${dimsWords(dims)} has more than one index`);
  }
  return dims.filter((size, axis) => (axes ? !axes.includes(axis) : size !== 1));
}

/** With new axes of one, counted in the result. */
export function unsqueezedDims(operation: Operation, dims: Shape): Shape {
  const asked = operation.listOrInput('axes', 1) ?? [];
  const rank = dims.length + asked.length;
  const axes = new Set(asked.map((axis) => operation.axis(axis, rank)));
  const left = [...dims];
  return Array.from({ length: rank }, (_, axis) => (axes.has(axis) ? 1 : (left.shift() ?? 1)));
}
