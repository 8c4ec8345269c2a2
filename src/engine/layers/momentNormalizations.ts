import * as tf from '@tensorflow/tfjs-core';
import type { LayerRunner, WeightTensors } from './layerRunner';
import { mapTensor } from './layerRunner';

/** Keras' least square of a vector's length. */
const leastSquare = 1e-12;

/** Each cell by the mean and variance of its own channels. */
export const layerNormalization: LayerRunner<'LayerNormalization'> = {
  run: (layer, [x], weights) =>
    scaled(layer, normalised(x as tf.Tensor, [-1], layer.epsilon), weights),
};

/** Groups of channels over the whole map. */
export const groupNormalization: LayerRunner<'GroupNormalization'> = {
  run(layer, inputs, weights) {
    const x = mapTensor(inputs);
    const [batch, height, width, channels] = x.shape;
    const each = channels / layer.groups;
    const grouped = tf.reshape(x, [batch, height * width, layer.groups, each]);
    const apart = normalised(grouped, [1, 3], layer.epsilon);
    return scaled(layer, tf.reshape(apart, x.shape), weights);
  },
};

/** Each cell's channels as a vector of length 1. */
export const unitNormalization: LayerRunner<'UnitNormalization'> = {
  run(_, [x]) {
    const values = x as tf.Tensor;
    const squares = tf.sum(tf.square(values), -1, true);
    return tf.div(values, tf.sqrt(tf.maximum(squares, leastSquare)));
  },
};

function normalised(x: tf.Tensor, axes: readonly number[], epsilon: number): tf.Tensor {
  const { mean, variance } = tf.moments(x, [...axes], true);
  return tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, epsilon)));
}

function scaled(
  { scale, center }: { readonly scale: boolean; readonly center: boolean },
  x: tf.Tensor,
  weights: WeightTensors,
): tf.Tensor {
  const multiplied = scale ? tf.mul(x, weights('gamma')[0] as tf.Tensor) : x;
  return center ? tf.add(multiplied, weights('beta')[0] as tf.Tensor) : multiplied;
}
