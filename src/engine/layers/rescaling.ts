import * as tf from '@tensorflow/tfjs-core';
import type { LayerRunner } from './layerRunner';

/** Every value times one number, plus another. */
export const rescaling: LayerRunner<'Rescaling'> = {
  run: ({ scale, offset }, [x]) => tf.add(tf.mul(x as tf.Tensor, scale), offset),
};
