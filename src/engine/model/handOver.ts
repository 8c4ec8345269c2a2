import * as tf from '@tensorflow/tfjs-core';
import { floatType, type NativeOps } from '../backends/nativeOps';

/** Has TensorFlow copy a tensor's values now and not at first use, so that JavaScript's can be let go. */
export function handOver(tensor: tf.Tensor): tf.Tensor {
  if (tf.getBackend() !== 'tensorflow') return tensor;
  const native = tf.backend() as unknown as NativeOps;
  // Shares the tensor's memory.
  native.executeSingleOutput('Identity', [floatType(native)], [tensor]).dispose();
  return tensor;
}
