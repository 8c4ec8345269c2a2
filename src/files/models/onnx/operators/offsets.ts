import { elementCount } from '../../../../network/tensor/shape';
import { NetworkError } from '../../../../network/tensor/networkError';
import { allOf, type Constant, transposed, withDims } from '../graph/constant';
import { arranged, withLast } from '../values/arranging';
import type { LayerWeight, Operation } from '../values/operation';
import { dimsWords, shapeOf, type TensorValue } from '../values/value';

/** A constant for each value of a tensor, but for axes along which values share one. */
interface SharedWeight {
  readonly weight: LayerWeight;
  readonly sharedAxes: readonly number[];
}

/** A constant of a tensor's rank in the order of its axes in the network. */
export function sharedWeight(
  constant: Constant,
  dims: Constant['dims'],
  x: TensorValue,
): SharedWeight {
  const own = x.axes.filter((axis) => axis >= 0);
  const rest = dims.flatMap((_, axis) => (own.includes(axis) ? [] : [axis]));
  const shape = shapeOf(dims, x.axes);
  const turned = transposed(withDims(constant, dims), [...rest, ...own]);
  const sharedAxes = shape.flatMap((size, axis) => (size === 1 ? [axis] : []));
  return { weight: { constant: withDims(turned, shape), shape }, sharedAxes };
}

/** A constant of any axes added to a tensor, `sign` times. */
export function offsetBy(
  operation: Operation,
  x: TensorValue,
  constant: Constant,
  { sign, part }: { readonly sign: 1 | -1; readonly part?: string },
): TensorValue {
  const ones = x.dims.slice(constant.dims.length).map(() => 1);
  const dims = [...ones, ...constant.dims];
  const last = dims.findLastIndex((size) => size !== 1);
  const end = x.axes.at(-1) ?? -1;
  const own = (dims[end] ?? 1) === 1 ? withLast(operation, x, last) : x;
  const { weight, sharedAxes } = sharedWeight(constant, dims, own);
  return operation.alike({ kind: 'Offset', sharedAxes }, own, {
    ...(part !== undefined && { part }),
    weights: { bias: { ...weight, ...(sign < 0 && { scale: sign }) } },
  });
}

/** Most values of a constant that is written out among zeros. */
const mostValues = 2 ** 24;

/**
 * One tensor with constants before and after it along an axis, as transformers put a token of their own before those of a
 * picture: zeros, to which the constants are added.
 */
export function amongConstants(
  operation: Operation,
  parts: readonly (TensorValue | Constant)[],
  axis: number,
): TensorValue {
  const at = parts.findIndex((part) => 'kind' in part);
  const x = parts[at] as TensorValue;
  const sizeOf = ({ dims }: TensorValue | Constant): number => dims[axis] ?? 1;
  const before = parts.slice(0, at).reduce((sum, part) => sum + sizeOf(part), 0);
  const after = parts.slice(at + 1).reduce((sum, part) => sum + sizeOf(part), 0);
  const dims = x.dims.map((size, each) => (each === axis ? before + size + after : size));
  for (const part of parts) {
    const fits =
      part.dims.length === dims.length &&
      part.dims.every((size, each) => each === axis || size === dims[each]);
    if (!fits) {
      throw new NetworkError(
        `Concat takes inputs that differ along one axis, got ${dimsWords(x.dims)} and ${dimsWords(part.dims)}`,
      );
    }
  }
  if (elementCount(dims) > mostValues) throw new NetworkError(`${dimsWords(dims)} is too large`);
  const padded = paddedAlong(operation, x, axis, { before, after });
  return offsetBy(operation, padded, writtenOut(parts, dims, axis), { sign: 1 });
}

/** Zeros before and after a tensor along any axis. */
function paddedAlong(
  operation: Operation,
  x: TensorValue,
  axis: number,
  { before, after }: { readonly before: number; readonly after: number },
): TensorValue {
  const others = x.axes.filter((each) => each !== axis && each >= 0);
  const first = arranged(operation, x, [axis, ...others]);
  const size = x.dims[axis] ?? 1;
  const rest = shapeOf(x.dims, others);
  const reshape = (target: readonly number[], from: TensorValue, part: string) => ({
    ...from,
    layer: operation.layer({ kind: 'Reshape', target }, [from], { part }),
  });
  const rows = reshape([size, 1, elementCount(rest)], first, 'rows');
  const padding = [
    [before, after],
    [0, 0],
  ] as const;
  const layer = operation.layer({ kind: 'ZeroPadding2D', padding }, [rows], { part: 'padding' });
  const made = reshape([before + size + after, ...rest], { ...rows, layer }, 'shape');
  const dims = x.dims.map((each, at) => (at === axis ? before + size + after : each));
  return { ...made, dims, axes: [axis, ...others] };
}

/** Constants among zeros in the place of a tensor. */
function writtenOut(
  parts: readonly (TensorValue | Constant)[],
  dims: readonly number[],
  axis: number,
): Constant {
  const constants = parts.filter((part) => !('kind' in part)) as readonly Constant[];
  const { name, isWhole } = constants[0] ?? { name: '', isWhole: false };
  const fault = constants.find((constant) => constant.fault !== undefined)?.fault;
  const byteLength = constants.reduce((sum, constant) => sum + constant.byteLength, 0);
  const inner = elementCount(dims.slice(axis + 1));
  const all = (dims[axis] ?? 1) * inner;
  return {
    ...{ name, dims, isWhole, byteLength },
    ...(fault !== undefined && { fault }),
    async *pieces() {
      const values = new Float32Array(elementCount(dims));
      let start = 0;
      for (const part of parts) {
        const length = (part.dims[axis] ?? 1) * inner;
        if (!('kind' in part)) {
          const own = await allOf(part);
          for (let from = 0, to = start; from < own.length; from += length, to += all) {
            values.set(own.subarray(from, from + length), to);
          }
        }
        start += length;
      }
      yield values;
    },
  };
}
