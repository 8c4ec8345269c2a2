import { NetworkError } from '../../../../network/tensor/networkError';
import { elementCount, sameShape, type Shape } from '../../../../network/tensor/shape';
import type { Operation } from './operation';
import { channelsLast, dimsWords, shapeOf, type TensorValue, usualAxes } from './value';

/** An input as a map, [height, width, channels], or a signal as a map of one row. */
export function mapInput(
  operation: Operation,
  index = 0,
  value = operation.tensor(index),
): TensorValue {
  const { length: rank } = value.dims;
  const isOne = (value.dims[0] ?? 1) === 1;
  if (!isOne && rank > 2) {
    throw new NetworkError(`${operation.op} takes one map at a time, got ${dimsWords(value.dims)}`);
  }
  const { map, signal } = operation.around.layout;
  if (rank === 4) return arranged(operation, value, map);
  if (rank === 3) return arranged(operation, value, signal);
  throw new NetworkError(
    `${operation.op} takes batch x channels x height x width, got ${dimsWords(value.dims)}`,
  );
}

/** What a layer makes of a map, whose axes stay where they are. */
export function madeMap(x: TensorValue, layer: TensorValue['layer']): TensorValue {
  const dims = x.dims.map((size, axis) => {
    const at = x.axes.indexOf(axis);
    return at < 0 ? size : (layer.outputShape[at] ?? 1);
  });
  return { ...x, layer, dims };
}

/** The same values with other axes; throws a NetworkError where these hold more or fewer of them. */
export function reshaped(operation: Operation, value: TensorValue, dims: Shape): TensorValue {
  const [had, wanted] = [elementCount(value.dims), elementCount(dims)];
  if (had !== wanted) {
    throw new NetworkError(
      `${had} values (${dimsWords(value.dims)}) do not go into ${dimsWords(dims)}, which has ${wanted}`,
    );
  }
  const { layout } = operation.around;
  const axes = usualAxes(dims, layout);
  const renamed = renamedAxes(value, dims);
  if (renamed) return arranged(operation, { ...value, dims, axes: renamed }, axes, true);
  const isMap = sameShape(value.axes, layout.map) && value.layer.outputShape.length === 3;
  if (axes.length === 1 && isMap && layout !== channelsLast) {
    const layer = operation.layer({ kind: 'Flatten', channelsFirst: true }, [value]);
    return { kind: 'tensor', layer, dims, axes };
  }
  return rewritten(operation, value, dims);
}

/**
 * Values in the graph's own order put into a new shape, and from there into the usual order. Axes at the end that stay as they are,
 * as height and width do where channels are split or shuffled, come first in the network and move with nothing.
 */
function rewritten(operation: Operation, value: TensorValue, dims: Shape): TensorValue {
  const { layout } = operation.around;
  const isFlat = Math.min(value.dims.length, dims.length) < 3;
  const kept = isFlat || layout === channelsLast ? 0 : keptAxes(value.dims, dims);
  const inOrder = longAxes(value.dims);
  const read = arranged(operation, value, keptFirst(inOrder, value.dims.length - kept));
  const axes = usualAxes(dims, layout);
  const written = keptFirst(
    axes.toSorted((a, b) => a - b),
    dims.length - kept,
  );
  const isLast = sameShape(axes, written) || (kept > 0 && dims.length !== mapRank);
  const target = shapeOf(dims, written);
  const layer = operation.layer(
    target.length === 1 ? { kind: 'Flatten' } : { kind: 'Reshape', target },
    [read],
    isLast ? {} : { part: 'shape' },
  );
  const made: TensorValue = { kind: 'tensor', layer, dims, axes: written };
  return isLast ? made : arranged(operation, made, axes, true);
}

const mapRank = 4;

/** How many axes at the end are the same before and after, where these are of more than one index. */
function keptAxes(from: Shape, to: Shape): number {
  let kept = 0;
  const most = Math.min(from.length, to.length) - 1;
  while (kept < most && from.at(-1 - kept) === to.at(-1 - kept)) kept++;
  return elementCount(to.slice(to.length - kept)) === 1 ? 0 : kept;
}

/** Axes from `first` on before the others. */
function keptFirst(axes: readonly number[], first: number): readonly number[] {
  return [...axes.filter((axis) => axis >= first), ...axes.filter((axis) => axis < first)];
}

/** The axes of the same layer under new dimensions that only add or leave out axes of one; undefined for other dimensions. */
function renamedAxes({ dims: from, axes }: TensorValue, to: Shape): readonly number[] | undefined {
  const [before, after] = [longAxes(from), longAxes(to)];
  if (!sameShape(shapeOf(from, before), shapeOf(to, after))) return undefined;
  return axes.map((axis) => after[before.indexOf(axis)] ?? -1);
}

/** The axes of more than one index. */
function longAxes(dims: Shape): readonly number[] {
  return dims.flatMap((size, axis) => (size === 1 ? [] : [axis]));
}

/** The same tensor with its axes in another order in the network; `isOwn` where that is all that an operator does. */
export function arranged(
  operation: Operation,
  value: TensorValue,
  axes: readonly number[],
  isOwn = false,
): TensorValue {
  const { dims } = value;
  const wanted = shapeOf(dims, axes);
  const long = (order: readonly number[]): readonly number[] =>
    order.filter((axis) => (dims[axis] ?? 1) !== 1);
  const isInOrder = sameShape(long(value.axes), long(axes));
  if (isInOrder && sameShape(wanted, value.layer.outputShape)) return { ...value, axes };
  const ordered = isInOrder ? value : permuted(operation, value, axes, isOwn);
  if (sameShape(wanted, ordered.layer.outputShape)) return { ...ordered, axes };
  const layer = operation.layer(
    wanted.length === 1 ? { kind: 'Flatten' } : { kind: 'Reshape', target: wanted },
    [ordered],
    isOwn ? {} : { part: 'shape' },
  );
  return { ...ordered, layer, axes };
}

/** Its own axes in another order: those of more than one index as wanted, the others where there is room. */
function permuted(
  operation: Operation,
  value: TensorValue,
  axes: readonly number[],
  isOwn: boolean,
): TensorValue {
  const isLong = (axis: number): boolean => (value.dims[axis] ?? 1) !== 1;
  const short = value.axes.flatMap((axis, at) => (isLong(axis) ? [] : [at]));
  const places = axes.flatMap((axis) => {
    if (isLong(axis)) return [value.axes.indexOf(axis)];
    const place = short.shift();
    return place === undefined ? [] : [place];
  });
  const order = [...short, ...places];
  const wanted = shapeOf(value.dims, axes);
  const isLast = sameShape(
    wanted,
    order.map((at) => value.layer.outputShape[at] ?? 1),
  );
  const options = isOwn && isLast ? {} : { part: 'order' };
  const layer = operation.layer({ kind: 'Permute', axes: order }, [value], options);
  return { ...value, layer, axes: order.map((at) => value.axes[at] ?? -1) };
}

/** With one axis of ONNX' last in the network; the others keep their order. */
export function withLast(operation: Operation, value: TensorValue, axis: number): TensorValue {
  if (value.axes.at(-1) === axis) return value;
  const others = value.axes.filter((each) => each !== axis && each >= 0);
  return arranged(operation, value, [...others, axis]);
}

/** With axes of one before its own, as ONNX lays two tensors over each other. */
export function ofRank(value: TensorValue, rank: number): TensorValue {
  const more = rank - value.dims.length;
  if (more <= 0) return value;
  return {
    ...value,
    dims: [...Array.from({ length: more }, () => 1), ...value.dims],
    axes: value.axes.map((axis) => (axis < 0 ? axis : axis + more)),
  };
}
