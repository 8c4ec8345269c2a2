import * as tf from '@tensorflow/tfjs-core';
import type { WeightName } from '../../network/layers/layer';
import type { LayerRunner } from './layerRunner';
import { mapTensor } from './layerRunner';

/** Inference-time batch normalisation over the channels (Ioffe and Szegedy 2015). */
export const batchNormalization: LayerRunner<'BatchNormalization'> = {
  run({ epsilon }, [x], weights) {
    const weight = (name: WeightName): tf.Tensor1D => weights(name)[0] as tf.Tensor1D;
    const [mean, variance] = [weight('moving_mean'), weight('moving_variance')];
    const [offset, scale] = [weight('beta'), weight('gamma')];
    return tf.batchNorm(x as tf.Tensor, mean, variance, offset, scale, epsilon);
  },
};

/** Each value over a power of its neighbours' squares across channels (paper, section 3.3). */
export const localResponseNormalization: LayerRunner<'LocalResponseNormalization'> = {
  run: ({ depthRadius, bias, alpha, beta }, inputs) =>
    tf.localResponseNormalization(mapTensor(inputs), depthRadius, bias, alpha, beta),
};
