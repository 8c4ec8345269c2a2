import * as tf from '@tensorflow/tfjs-core';
import { nativeTraining } from '../backends/nativeTraining';

/** A bias and a ReLU after a sum in training, with gradients of one pass each where the backend has them. */
export function biasedAndActivated(
  sums: tf.Tensor4D,
  bias: tf.Tensor | undefined,
  activation: 'linear' | 'relu',
): tf.Tensor4D {
  const native = nativeTraining();
  if (!native || !bias) {
    const biased = bias ? tf.add<tf.Tensor4D>(sums, bias) : sums;
    return activation === 'relu' ? tf.relu(biased) : biased;
  }
  const op = tf.customGrad((...given) => {
    const [x, b, save] = given as unknown as [tf.Tensor, tf.Tensor, (tensors: tf.Tensor[]) => void];
    const biased = native.biased(x, b);
    const value = activation === 'relu' ? tf.relu(biased) : biased;
    save(activation === 'relu' ? [value] : []);
    return {
      value,
      gradFunc: (dy: tf.Tensor, [y]: tf.Tensor[]) => {
        const slope = y ? native.reluGradient(dy, y) : tf.clone(dy);
        return [slope, native.biasGradient(slope)];
      },
    };
  });
  return op(sums, bias) as tf.Tensor4D;
}
