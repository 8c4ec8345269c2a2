import * as tf from '@tensorflow/tfjs-core';
import { floatType, type NativeOps } from './nativeOps';

/** TensorFlow's own ops for what TensorFlow.js puts together of many in training, each a pass over a whole batch. */
export interface NativeTraining {
  /** A batch normalisation by the batch's own mean and population variance. */
  normalize(inputs: NormalizeInputs, epsilon: number): NormalizedBatch;
  /** Gradients to x, scale and offset. */
  normalizeGradient(dy: tf.Tensor, saved: NormalizeSaved, epsilon: number): tf.Tensor[];
  biased(sums: tf.Tensor, bias: tf.Tensor): tf.Tensor;
  biasGradient(dy: tf.Tensor): tf.Tensor;
  /** The gradient through a ReLU, by what came out of it. */
  reluGradient(dy: tf.Tensor, y: tf.Tensor): tf.Tensor;
}

interface NormalizeInputs {
  readonly x: tf.Tensor;
  readonly scale: tf.Tensor;
  readonly offset: tf.Tensor;
}

export interface NormalizedBatch {
  readonly y: tf.Tensor;
  readonly mean: tf.Tensor;
  readonly variance: tf.Tensor;
  /** For the gradient. */
  readonly reserved: tf.Tensor;
}

export interface NormalizeSaved {
  readonly x: tf.Tensor;
  readonly scale: tf.Tensor;
  readonly mean: tf.Tensor;
  readonly variance: tf.Tensor;
  readonly reserved: tf.Tensor;
}

/** These ops; undefined on other backends. */
export function nativeTraining(): NativeTraining | undefined {
  if (tf.getBackend() !== 'tensorflow') return undefined;
  const native = tf.backend() as unknown as NativeOps;
  const { binding } = native;
  const type = floatType(native);
  const format = { name: 'data_format', type: binding.TF_ATTR_STRING, value: 'NHWC' };
  const normalization = (epsilon: number) => [
    type,
    { ...type, name: 'U' },
    { name: 'epsilon', type: binding.TF_ATTR_FLOAT, value: epsilon },
    format,
    { name: 'is_training', type: binding.TF_ATTR_BOOL, value: true },
  ];
  return {
    normalize({ x, scale, offset }, epsilon) {
      // In training it takes none, and gives the population's in the two that it reserves for the gradient.
      const none = tf.tensor1d([]);
      const inputs = [x, scale, offset, none, none];
      const outputs = native.executeMultipleOutputs(
        'FusedBatchNormV3',
        normalization(epsilon),
        inputs,
        6,
      );
      const [y, , , mean, variance, reserved] = outputs as [tf.Tensor, ...SixTensors];
      return { y, mean, variance, reserved };
    },
    normalizeGradient(dy, { x, scale, mean, variance, reserved }, epsilon) {
      const inputs = [dy, x, scale, mean, variance, reserved];
      return native
        .executeMultipleOutputs('FusedBatchNormGradV3', normalization(epsilon), inputs, 5)
        .slice(0, 3);
    },
    biased: (sums, bias) => native.executeSingleOutput('BiasAdd', [type, format], [sums, bias]),
    biasGradient: (dy) => native.executeSingleOutput('BiasAddGrad', [type, format], [dy]),
    reluGradient: (dy, y) => native.executeSingleOutput('ReluGrad', [type], [dy, y]),
  };
}

type SixTensors = [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
