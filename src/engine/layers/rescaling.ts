import * as tf from '@tensorflow/tfjs-core';
import type { LayerRunner } from './layerRunner';

/** Every value times one number, plus another; each for all, or by channel. */
export const rescaling: LayerRunner<'Rescaling'> = {
  run: ({ scale, offset }, [x]) => tf.add(tf.mul(x as tf.Tensor, numbers(scale)), numbers(offset)),
};

function numbers(values: number | readonly number[]): tf.TensorLike {
  return typeof values === 'number' ? values : [...values];
}
