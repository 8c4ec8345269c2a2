import * as tf from '@tensorflow/tfjs-core';
import type { LayerRunner } from './layerRunner';

/** A map as a list, row-major, or channel by channel. */
export const flatten: LayerRunner<'Flatten'> = {
  run({ outputShape, channelsFirst }, [x]) {
    const map = x as tf.Tensor;
    const ordered = channelsFirst && map.rank === 4 ? tf.transpose(map, [0, 3, 1, 2]) : map;
    return tf.reshape(ordered, [-1, ...outputShape]);
  },
};

/** The same values in another shape, row-major. */
export const reshape: LayerRunner<'Reshape'> = {
  run: ({ outputShape }, [x]) => tf.reshape(x as tf.Tensor, [-1, ...outputShape]),
};

/** Nothing at inference; in training each value is zero with probability `rate`, the others are divided by 1 - rate. */
export const dropout: LayerRunner<'Dropout'> = {
  run: (_, [x]) => tf.clone(x as tf.Tensor),
  train({ rate }, [x], _, { seed }) {
    const input = x as tf.Tensor;
    const kept = tf.greaterEqual(tf.randomUniform(input.shape, 0, 1, 'float32', seed), rate);
    return tf.div(tf.mul(input, tf.cast(kept, 'float32')), 1 - rate);
  },
};

/** Nothing, whatever it does in training. */
export const identity: LayerRunner<'Identity'> = { run: (_, [x]) => tf.clone(x as tf.Tensor) };

/** Axes in another order, behind the batch. */
export const permute: LayerRunner<'Permute'> = {
  run: ({ axes }, [x]) => tf.transpose(x as tf.Tensor, [0, ...axes.map((axis) => axis + 1)]),
};

/** Nothing but its softmax. */
export const softmax: LayerRunner<'Softmax'> = {
  run: (_, [x]) => tf.clone(x as tf.Tensor),
  softmax: () => true,
};
