import type { Layer } from '../../../../network/layers/layer';
import { formatShape, type Shape } from '../../../../network/tensor/shape';
import type { Constant } from '../graph/constant';

/**
 * What a layer of the network gives, as the file's graph knows it. `axes[i]` is the graph's axis that axis i of the layer's
 * output is, -1 an axis of one that the graph has not; all others of the graph's axes, such as the batch, have one index only.
 */
export interface TensorValue {
  readonly kind: 'tensor';
  readonly layer: Layer;
  readonly dims: Shape;
  readonly axes: readonly number[];
}

interface ConstantValue {
  readonly kind: 'constant';
  readonly constant: Constant;
}

/** What follows from a layer at fault, and has no shape. */
interface LostValue {
  readonly kind: 'lost';
  readonly layer: string;
}

/** What a name of the graph stands for. */
export type Value = TensorValue | ConstantValue | LostValue;

/** Where a format has the axes of the network's maps, [height, width, channels]. */
export interface Layout {
  readonly map: readonly number[];
  /** Those of a signal, which is a map of one row. */
  readonly signal: readonly number[];
}

/** [batch, channels, height, width], as in ONNX. */
export const channelsFirst: Layout = { map: [2, 3, 1], signal: [-1, 2, 1] };
/** [batch, height, width, channels], as in TensorFlow. */
export const channelsLast: Layout = { map: [1, 2, 3], signal: [-1, 1, 2] };

/** The axes that a tensor of these dimensions has in the network: a picture's channels come last. */
export function usualAxes(dims: Shape, { map }: Layout): readonly number[] {
  const isBatched = dims[0] === 1;
  if (isBatched && dims.length === 4) return map;
  const all = dims.map((_, axis) => axis);
  return isBatched && dims.length > 1 ? all.slice(1) : all;
}

/** The network's shape of a tensor whose axes lie so. */
export function shapeOf(dims: Shape, axes: readonly number[]): Shape {
  return axes.map((axis) => dims[axis] ?? 1);
}

/** `[1, 3, 224, 224]` in the house's way. */
export function dimsWords(dims: Shape): string {
  return dims.length === 0 ? 'a single number' : formatShape(dims);
}

/** The same values under other names of their axes: axis i of the result is axis perm[i]. */
export function transposedValue(x: TensorValue, perm: readonly number[]): TensorValue {
  const dims = perm.map((axis) => x.dims[axis] ?? 1);
  return { ...x, dims, axes: x.axes.map((axis) => (axis < 0 ? axis : perm.indexOf(axis))) };
}
