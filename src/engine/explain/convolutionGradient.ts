import * as tf from '@tensorflow/tfjs-core';
import { inputShapeOf, type LayerOf } from '../../network/layers/layer';
import { withGaps } from '../backends/kernelGaps';
import type { WeightTensors } from '../layers/layerRunner';
import { windowPads } from '../layers/padding';

type Conv2D = LayerOf<'Conv2D'>;

/** The gradient of a convolution's sums to its input, for all that TensorFlow.js has none for too: dilated, depthwise. */
export function convolutionGradient(
  layer: Conv2D,
  dy: tf.Tensor4D,
  weights: WeightTensors,
): tf.Tensor4D {
  const [down, across] = layer.dilation;
  const isDilated = down > 1 || across > 1;
  const kernels = weights('kernel').map((tensor) => {
    const kernel = tensor as tf.Tensor4D;
    return isDilated ? withGaps(kernel, down, across) : kernel;
  });
  return layer.groups > 1 && layer.groups === inputShapeOf(layer)[2]
    ? depthwise(layer, dy, kernels[0] as tf.Tensor4D)
    : inTowers(layer, dy, kernels);
}

/** Of each tower by its own kernel, [h, w, in, out]. */
function inTowers(layer: Conv2D, dy: tf.Tensor4D, kernels: readonly tf.Tensor4D[]): tf.Tensor4D {
  const [height = 0, width = 0, channels = 0] = inputShapeOf(layer);
  const [[top, bottom], [left, right]] = windowPads(layer);
  const { stride, groups } = layer;
  const [rows = 1, columns = 1] = kernels[0]?.shape ?? [];
  const isHalf = (size: number, before: number, after: number): boolean =>
    size % 2 === 1 && before === (size - 1) / 2 && after === before;
  // By 'same' nothing of the padding is computed that is cut away again.
  const isSame =
    stride.every((step) => step === 1) && isHalf(rows, top, bottom) && isHalf(columns, left, right);
  const size = isSame ? [height, width] : [top + height + bottom, left + width + right];
  const shape = [dy.shape[0], ...size, channels / groups] as tf.Tensor4D['shape'];
  const parts = groups === 1 ? [dy] : tf.split<tf.Tensor4D>(dy, groups, 3);
  const gradients = parts.map((part, tower) =>
    tf.conv2dTranspose(
      part,
      kernels[tower] as tf.Tensor4D,
      shape,
      [...stride],
      isSame ? 'same' : 'valid',
    ),
  );
  const whole = groups === 1 ? (gradients[0] as tf.Tensor4D) : tf.concat4d(gradients, 3);
  return isSame ? whole : cutOut(layer, whole);
}

/** Takes the padding away again. */
function cutOut(layer: Conv2D, whole: tf.Tensor4D): tf.Tensor4D {
  const [height = 0, width = 0] = inputShapeOf(layer);
  const [[top], [left]] = windowPads(layer);
  if (whole.shape[1] === height && whole.shape[2] === width) return whole;
  return tf.slice4d(whole, [0, top, left, 0], [-1, height, width, -1]);
}

/** Of a kernel [h, w, 1, channels · multiplier]: dy with zeros between its cells under the kernel turned about. */
function depthwise(layer: Conv2D, dy: tf.Tensor4D, kernel: tf.Tensor4D): tf.Tensor4D {
  const [height = 0, width = 0, channels = 0] = inputShapeOf(layer);
  const [[top, bottom], [left, right]] = windowPads(layer);
  const [rows, columns, , outputs] = kernel.shape;
  const multiplier = outputs / channels;
  const spread = stretched(dy, layer.stride);
  const [batch, spreadRows, spreadColumns] = spread.shape;
  const around = tf.pad4d(spread, [
    [0, 0],
    [rows - 1, Math.max(0, top + height + bottom - spreadRows)],
    [columns - 1, Math.max(0, left + width + right - spreadColumns)],
    [0, 0],
  ]);
  const filter = tf.reshape<tf.Rank.R4>(tf.reverse4d(kernel, [0, 1]), [
    rows,
    columns,
    channels,
    multiplier,
  ]);
  const [, fullRows, fullColumns] = around.shape;
  const ofOne = (index: number): tf.Tensor4D => {
    if (multiplier === 1) return tf.depthwiseConv2d(around, filter, 1, 'valid');
    const cells = tf.reshape<tf.Rank.R3>(around, [
      batch * fullRows * fullColumns,
      channels,
      multiplier,
    ]);
    const one = tf.slice3d(cells, [0, 0, index], [-1, -1, 1]);
    return tf.depthwiseConv2d(
      tf.reshape<tf.Rank.R4>(one, [batch, fullRows, fullColumns, channels]),
      tf.slice4d(filter, [0, 0, 0, index], [-1, -1, -1, 1]),
      1,
      'valid',
    );
  };
  const gradients = Array.from({ length: multiplier }, (_, index) => ofOne(index));
  return cutOut(
    layer,
    gradients.reduce((a, b) => tf.add(a, b)),
  );
}

/** Zeros between the rows and columns, so that a cell lies where its window begins. */
function stretched(dy: tf.Tensor4D, [down, across]: Conv2D['stride']): tf.Tensor4D {
  if (down === 1 && across === 1) return dy;
  // The same as between the elements of a kernel, with pictures and channels as its inputs and outputs.
  return tf.transpose(withGaps(tf.transpose(dy, [1, 2, 0, 3]), down, across), [2, 0, 1, 3]);
}
