import * as tf from '@tensorflow/tfjs-core';

/** What is used here of tfjs-node's backend. */
interface Native {
  readonly binding: { readonly TF_ATTR_TYPE: number; readonly TF_FLOAT: number };
  executeSingleOutput(
    op: string,
    attributes: readonly object[],
    inputs: readonly tf.Tensor[],
  ): tf.Tensor;
}

/** Has TensorFlow copy a tensor's values now and not at first use, so that JavaScript's can be let go. */
export function handOver(tensor: tf.Tensor): tf.Tensor {
  if (tf.getBackend() !== 'tensorflow') return tensor;
  const native = tf.backend() as unknown as Native;
  const { TF_ATTR_TYPE: type, TF_FLOAT: value } = native.binding;
  // Shares the tensor's memory.
  native.executeSingleOutput('Identity', [{ name: 'T', type, value }], [tensor]).dispose();
  return tensor;
}
