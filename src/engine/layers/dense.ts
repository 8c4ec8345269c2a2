import * as tf from '@tensorflow/tfjs-core';
import { fusedPart, remainingPart } from './activations';
import type { LayerRunner } from './layerRunner';

/**
 * Every unit a weighted sum of all inputs, then bias and activation; the kernel is [inputs, units]. Only one picture
 * goes through the fused product: WebAssembly's is wrong for more.
 */
export const dense: LayerRunner<'Dense'> = {
  run({ useBias, activation }, [input], weights) {
    const [bias] = useBias ? weights('bias') : [];
    if (input && input.shape[0] > 1) {
      const sums = tf.matMul(input, weights('kernel')[0] as tf.Tensor2D);
      const biased = bias ? tf.add(sums, bias) : sums;
      return remainingPart(activation === 'relu' ? tf.relu(biased) : biased, activation);
    }
    const product = tf.fused.matMul({
      a: input as tf.Tensor2D,
      b: weights('kernel')[0] as tf.Tensor2D,
      ...(bias ? { bias } : {}),
      activation: fusedPart(activation),
    });
    return remainingPart(product, activation);
  },
  softmax: ({ activation }) => activation === 'softmax',
};
