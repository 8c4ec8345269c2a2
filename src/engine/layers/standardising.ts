import * as tf from '@tensorflow/tfjs-core';
import { leastDeviation } from '../../network/layers/standardising';
import type { LayerRunner } from './layerRunner';

/** Data of a known mean and variance to mean 0 and variance 1, or back. */
export const normalization: LayerRunner<'Normalization'> = {
  run({ given, invert }, [x], weights) {
    const of = (name: 'mean' | 'variance'): tf.Tensor =>
      given ? tf.tensor1d([...given[name]]) : (weights(name)[0] as tf.Tensor);
    const deviation = tf.maximum(tf.sqrt(of('variance')), leastDeviation);
    const values = x as tf.Tensor;
    return invert
      ? tf.add(tf.mul(values, deviation), of('mean'))
      : tf.div(tf.sub(values, of('mean')), deviation);
  },
};

/** A factor for each channel. */
export const layerScale: LayerRunner<'LayerScale'> = {
  run: (_, [x], weights) => tf.mul(x as tf.Tensor, weights('gamma')[0] as tf.Tensor),
};

/** A number added to each value. */
export const offset: LayerRunner<'Offset'> = {
  run: (_, [x], weights) => tf.add(x as tf.Tensor, weights('bias')[0] as tf.Tensor),
};

/** x above 0, alpha · x below. */
export const prelu: LayerRunner<'PReLU'> = {
  run(_, [x], weights) {
    const values = x as tf.Tensor;
    const below = tf.mul(tf.minimum(values, 0), weights('alpha')[0] as tf.Tensor);
    return tf.add(tf.relu(values), below);
  },
};
