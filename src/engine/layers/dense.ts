import * as tf from '@tensorflow/tfjs-core';
import { fusedPart, remainingPart } from './activations';
import type { LayerRunner } from './layerRunner';

/**
 * Every unit a weighted sum of all inputs, of a map of each cell's channels; then bias and activation. The kernel is
 * [inputs, units]. Only one list goes through the fused product: WebAssembly's is wrong for more.
 */
export const dense: LayerRunner<'Dense'> = {
  run({ useBias, activation, outputShape }, [x], weights) {
    const input = x as tf.Tensor;
    const kernel = weights('kernel')[0] as tf.Tensor2D;
    const [bias] = useBias ? weights('bias') : [];
    const lists = tf.reshape<tf.Rank.R2>(input, [-1, kernel.shape[0]]);
    if (lists.shape[0] > 1) {
      const sums = tf.matMul(lists, kernel);
      const biased = bias ? tf.add(sums, bias) : sums;
      const activated = remainingPart(activation === 'relu' ? tf.relu(biased) : biased, activation);
      return tf.reshape(activated, [-1, ...outputShape]);
    }
    const product = tf.fused.matMul({
      a: lists,
      b: kernel,
      ...(bias ? { bias } : {}),
      activation: fusedPart(activation),
    });
    return tf.reshape(remainingPart(product, activation), [-1, ...outputShape]);
  },
  softmax: ({ activation }) => activation === 'softmax',
};
