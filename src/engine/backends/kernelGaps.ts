import type { TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/** A kernel [h, w, in, out] that is to be dilated as a larger one, with zeros between its elements. */
export function withGaps(filter: TensorInfo, down: number, across: number): tf.Tensor4D {
  const [height = 0, width = 0, inputs = 0, outputs = 0] = filter.shape;
  const each = inputs * outputs;
  const rows = tf.pad4d(
    tf.reshape<tf.Rank.R4>(filter as unknown as tf.Tensor, [1, height, 1, width * each]),
    [
      [0, 0],
      [0, 0],
      [0, down - 1],
      [0, 0],
    ],
  );
  const apart = tf.pad4d(tf.reshape<tf.Rank.R4>(rows, [1, height * down * width, 1, each]), [
    [0, 0],
    [0, 0],
    [0, across - 1],
    [0, 0],
  ]);
  return tf.slice4d(
    tf.reshape<tf.Rank.R4>(apart, [height * down, width * across, inputs, outputs]),
    [0, 0, 0, 0],
    [(height - 1) * down + 1, (width - 1) * across + 1, inputs, outputs],
  );
}
