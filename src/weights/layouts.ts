import type { MapShape, Shape } from '../network/shape';
import { elementCount } from '../network/shape';

/** Permutes a row-major tensor's axes: axis i of the result is axis order[i] of the source. */
export function transpose(
  values: Float32Array,
  shape: Shape,
  order: readonly number[],
): Float32Array {
  const strides = shape.map((_, axis) => elementCount(shape.slice(axis + 1)));
  const sizes = order.map((axis) => shape[axis] ?? 1);
  const steps = order.map((axis) => strides[axis] ?? 1);
  const result = new Float32Array(values.length);
  const innerSize = sizes.at(-1) ?? 1;
  const innerStep = steps.at(-1) ?? 1;
  const index = sizes.map(() => 0);
  for (let start = 0; start < result.length; start += innerSize) {
    let from = index.reduce((sum, at, axis) => sum + at * (steps[axis] ?? 0), 0);
    for (let i = 0; i < innerSize; i++, from += innerStep) result[start + i] = values[from] ?? 0;
    for (let axis = index.length - 2; axis >= 0; axis--) {
      index[axis] = (index[axis] ?? 0) + 1;
      if ((index[axis] ?? 0) < (sizes[axis] ?? 1)) break;
      index[axis] = 0;
    }
  }
  return result;
}

/** PyTorch's and Caffe's kernels [out, in, h, w] as Keras' [h, w, in, out]. */
export function kernelToHwio(values: Float32Array, shape: Shape): Float32Array {
  return transpose(values, shape, [2, 3, 1, 0]);
}

/** PyTorch's [out, in] as Keras' [in, out]. */
export function denseToInOut(values: Float32Array, shape: Shape): Float32Array {
  return transpose(values, shape, [1, 0]);
}

/** The same for the first dense layer after a map that was flattened channels first: its inputs become h, w, c. */
export function denseAfterChannelsFirst(
  values: Float32Array,
  [outputs = 0]: Shape,
  [height, width, channels]: MapShape,
): Float32Array {
  return transpose(values, [outputs, channels, height, width], [2, 3, 1, 0]);
}
