import * as tf from '@tensorflow/tfjs-core';
import { fusedPart, remainingPart } from './activations';
import type { LayerRunner } from './layerRunner';

/**
 * Every unit a weighted sum of all inputs, then bias and activation. The kernel is [inputs, units] and the batch is 1:
 * WebAssembly's fused product is wrong for anything else.
 */
export const dense: LayerRunner<'Dense'> = {
  run({ useBias, activation }, [input], weights) {
    const [bias] = useBias ? weights('bias') : [];
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
