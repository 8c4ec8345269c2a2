import * as tf from '@tensorflow/tfjs-core';
import type { LayerRunner } from './layerRunner';
import { mapTensor } from './layerRunner';
import type { CellShares, SettingsOf } from '../../network/layers/layer';

/** Another height and width, the middles of cells over each other. */
export const resize: LayerRunner<'Resize'> = {
  run({ size, interpolation, shares }, inputs) {
    if (shares) return summed(mapTensor(inputs), shares);
    const to: [number, number] = [...size];
    return interpolation === 'nearest'
      ? tf.image.resizeNearestNeighbor(mapTensor(inputs), to, false, true)
      : tf.image.resizeBilinear(mapTensor(inputs), to, false, true);
  },
};

/** Weighted sums of rows, then of columns: a product with a matrix along each axis. */
function summed(
  x: tf.Tensor4D,
  [rows, columns]: NonNullable<SettingsOf<'Resize'>['shares']>,
): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const down = matrix(rows, height);
  const across = matrix(columns, width);
  const inRows = tf.reshape(tf.transpose(x, [1, 0, 2, 3]), [height, batch * width * channels]);
  const tall = tf.reshape(tf.matMul(down, inRows as tf.Tensor2D), [
    rows.length,
    batch,
    width,
    channels,
  ]);
  const inColumns = tf.reshape(tf.transpose(tall, [2, 1, 0, 3]), [
    width,
    batch * rows.length * channels,
  ]);
  const wide = tf.reshape(tf.matMul(across, inColumns as tf.Tensor2D), [
    columns.length,
    batch,
    rows.length,
    channels,
  ]);
  return tf.transpose(wide, [1, 2, 0, 3]) as tf.Tensor4D;
}

/** [cells of the result, cells of the input]. */
function matrix(shares: readonly CellShares[], side: number): tf.Tensor2D {
  const values = new Float32Array(shares.length * side);
  for (const [row, cell] of shares.entries()) {
    for (const { at, share } of cell) {
      const index = row * side + at;
      values[index] = (values[index] ?? 0) + share;
    }
  }
  return tf.tensor2d(values, [shares.length, side]);
}
