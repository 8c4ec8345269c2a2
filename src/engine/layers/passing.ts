import * as tf from '@tensorflow/tfjs-core';
import type { LayerRunner } from './layerRunner';

/** A map as a list, row-major. */
export const flatten: LayerRunner<'Flatten'> = {
  run: ({ outputShape }, [x]) => tf.reshape(x as tf.Tensor, [1, ...outputShape]),
};

/** Nothing at inference. */
export const dropout: LayerRunner<'Dropout'> = {
  run: (_, [x]) => tf.clone(x as tf.Tensor),
};

/** Nothing but its softmax. */
export const softmax: LayerRunner<'Softmax'> = {
  run: (_, [x]) => tf.clone(x as tf.Tensor),
  softmax: () => true,
};
