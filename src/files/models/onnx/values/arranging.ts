import { NetworkError } from '../../../../network/tensor/networkError';
import { elementCount, sameShape, type Shape } from '../../../../network/tensor/shape';
import type { Operation } from './operation';
import { dimsWords, mapAxes, shapeOf, signalAxes, type TensorValue, usualAxes } from './value';

/** An input as a map, [height, width, channels], or a signal as a map of one row. */
export function mapInput(operation: Operation, index = 0): TensorValue {
  const value = operation.tensor(index);
  const { length: rank } = value.dims;
  if (rank === 4) return arranged(operation, value, mapAxes);
  if (rank === 3) return arranged(operation, value, signalAxes);
  throw new NetworkError(
    `${operation.op} takes batch x channels x height x width, got ${dimsWords(value.dims)}`,
  );
}

/** The same values with other axes; throws a NetworkError where these hold more or fewer of them. */
export function reshaped(operation: Operation, value: TensorValue, dims: Shape): TensorValue {
  const [had, wanted] = [elementCount(value.dims), elementCount(dims)];
  if (had !== wanted) {
    throw new NetworkError(
      `${had} values (${dimsWords(value.dims)}) do not go into ${dimsWords(dims)}, which has ${wanted}`,
    );
  }
  const renamed = renamedAxes(value, dims);
  const axes = usualAxes(dims);
  if (renamed) return arranged(operation, { ...value, dims, axes: renamed }, axes);
  return rewritten(operation, value, { dims, axes });
}

/** The axes of the same layer under new dimensions that only add or leave out axes of one; undefined for other dimensions. */
function renamedAxes({ dims: from, axes }: TensorValue, to: Shape): readonly number[] | undefined {
  const long = (dims: Shape): readonly number[] =>
    dims.flatMap((size, axis) => (size === 1 ? [] : [axis]));
  const [before, after] = [long(from), long(to)];
  if (!sameShape(shapeOf(from, before), shapeOf(to, after))) return undefined;
  return axes.map((axis) => after[before.indexOf(axis)] ?? -1);
}

/** The same tensor with its axes in another order in the network. */
export function arranged(
  operation: Operation,
  value: TensorValue,
  axes: readonly number[],
): TensorValue {
  const { dims, layer } = value;
  if (sameShape(shapeOf(dims, axes), layer.outputShape) && sameOrder(value, axes)) {
    return { ...value, axes };
  }
  return rewritten(operation, value, { dims, axes });
}

/** Whether the axes of more than one index come in the same order. */
function sameOrder({ dims, axes }: TensorValue, wanted: readonly number[]): boolean {
  const long = (order: readonly number[]): readonly number[] =>
    order.filter((axis) => (dims[axis] ?? 1) !== 1);
  return sameShape(long(axes), long(wanted));
}

/** A layer that takes the values in ONNX' order and gives them in the order of new axes. */
function rewritten(
  operation: Operation,
  value: TensorValue,
  { dims, axes }: { readonly dims: Shape; readonly axes: readonly number[] },
): TensorValue {
  const shape = shapeOf(dims, axes);
  const { outputShape } = value.layer;
  const inOrder = value.axes.filter((axis) => axis >= 0 && (value.dims[axis] ?? 1) !== 1);
  const isInOrder = inOrder.every((axis, at) => at === 0 || axis > (inOrder[at - 1] ?? 0));
  if (shape.length === 1 && outputShape.length <= 3) {
    const channelsFirst = !isInOrder;
    if (
      !channelsFirst ||
      (outputShape.length === 3 && value.axes.at(-1) === Math.min(...inOrder))
    ) {
      const settings = { kind: 'Flatten', ...(channelsFirst && { channelsFirst }) } as const;
      return { kind: 'tensor', layer: operation.layer(settings, [value]), dims, axes };
    }
  }
  throw new NetworkError(
    `${operation.op} of ${dimsWords(value.dims)} to ${dimsWords(dims)} is not known here`,
  );
}
