import * as tf from '@tensorflow/tfjs-core';
import type { LayerOf, WeightName } from '../../network/layers/layer';
import { nativeTraining, type NativeTraining } from '../backends/nativeTraining';
import type { LayerRunner, TrainingPass, WeightTensors } from './layerRunner';
import { mapTensor } from './layerRunner';

/** Batch normalisation over the channels: by the moving statistics, in training by the batch's (Ioffe and Szegedy 2015). */
export const batchNormalization: LayerRunner<'BatchNormalization'> = {
  run(layer, [x], weights) {
    const weight = (name: WeightName): tf.Tensor1D => weights(name)[0] as tf.Tensor1D;
    const [mean, variance] = [weight('moving_mean'), weight('moving_variance')];
    const [offset, scale] = offsetAndScale(layer, weights);
    return tf.batchNorm(x as tf.Tensor, mean, variance, offset, scale, layer.epsilon);
  },
  train(layer, [x], weights, { noteMoments }) {
    const { epsilon } = layer;
    const [offset, scale] = offsetAndScale(layer, weights);
    const native = (x as tf.Tensor).rank === 4 ? nativeTraining() : undefined;
    const normalize = tf.customGrad((...given) => {
      const [input, gamma, beta, save] = given as unknown as NormalizeInputs;
      if (native) return byOneOp(native, [input, gamma, beta, save], epsilon, noteMoments);
      const axes = input.shape.slice(0, -1).map((_, axis) => axis);
      const { mean, variance } = tf.moments(input, axes);
      noteMoments(mean, variance);
      const inverse = tf.rsqrt(tf.add(variance, epsilon));
      save([input, mean, inverse, gamma]);
      const value = tf.batchNorm(input, mean, variance, beta, gamma, epsilon);
      return { value, gradFunc: (dy, saved) => throughBatch(dy, saved) };
    });
    return normalize(x as tf.Tensor, scale, offset);
  },
};

/** Beta and gamma; 0 and 1 where the layer does without. */
function offsetAndScale(
  { center, scale, outputShape }: LayerOf<'BatchNormalization'>,
  weights: WeightTensors,
): [tf.Tensor1D, tf.Tensor1D] {
  const channels = outputShape.at(-1) ?? 0;
  const offset = center ? weights('beta')[0] : tf.zeros([channels]);
  return [
    offset as tf.Tensor1D,
    (scale ? weights('gamma')[0] : tf.ones([channels])) as tf.Tensor1D,
  ];
}

type NormalizeInputs = [tf.Tensor, tf.Tensor, tf.Tensor, (tensors: tf.Tensor[]) => void];

/** The same by TensorFlow's own op and its gradient's: two passes over a batch instead of twenty. */
function byOneOp(
  native: NativeTraining,
  [x, scale, offset, save]: NormalizeInputs,
  epsilon: number,
  noteMoments: TrainingPass['noteMoments'],
): { value: tf.Tensor; gradFunc: (dy: tf.Tensor, saved: readonly tf.Tensor[]) => tf.Tensor[] } {
  const { y, mean, variance, reserved } = native.normalize({ x, scale, offset }, epsilon);
  noteMoments(mean, variance);
  save([x, scale, mean, variance, reserved]);
  return {
    value: y,
    gradFunc: (dy, saved) => {
      const [x, scale, mean, variance, reserved] = saved as FiveTensors;
      return native.normalizeGradient(dy, { x, scale, mean, variance, reserved }, epsilon);
    },
  };
}

type FiveTensors = [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];

/** Gradients to the input, gamma and beta, also through the batch's own mean and variance (section 3). */
function throughBatch(dy: tf.Tensor, saved: readonly tf.Tensor[]): tf.Tensor[] {
  const [input, mean, inverse, gamma] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
  const axes = input.shape.slice(0, -1).map((_, axis) => axis);
  const normalized = tf.mul(tf.sub(input, mean), inverse);
  const toBeta = tf.sum(dy, axes);
  const toGamma = tf.sum(tf.mul(dy, normalized), axes);
  const count = input.size / toBeta.size;
  const shared = tf.div(tf.add(toBeta, tf.mul(normalized, toGamma)), count);
  const toInput = tf.mul(tf.mul(gamma, inverse), tf.sub(dy, shared));
  return [toInput, toGamma, toBeta];
}

/** Each value over a power of its neighbours' squares across channels (paper, section 3.3). */
export const localResponseNormalization: LayerRunner<'LocalResponseNormalization'> = {
  run: ({ depthRadius, bias, alpha, beta }, inputs) =>
    tf.localResponseNormalization(mapTensor(inputs), depthRadius, bias, alpha, beta),
};
