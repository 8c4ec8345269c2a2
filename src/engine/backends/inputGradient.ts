import type { TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { KernelCall } from './replaceKernel';

/**
 * A convolution's gradient to its input, of strides of one: a convolution of dy with the kernel turned about, inputs and
 * outputs in each other's place. Several times faster than WebAssembly's own kernel, twice as fast as TensorFlow's.
 */
export function inputGradient(call: KernelCall): TensorInfo | undefined {
  const { dy, filter, info } = inputGradientCall(call);
  const { padInfo, strideHeight, strideWidth, filterHeight, filterWidth } = info;
  if (strideHeight !== 1 || strideWidth !== 1) return undefined;
  const around = [
    [filterHeight - 1 - padInfo.top, filterHeight - 1 - padInfo.bottom],
    [filterWidth - 1 - padInfo.left, filterWidth - 1 - padInfo.right],
  ] as [[number, number], [number, number]];
  if (around.flat().some((size) => size < 0)) return undefined;
  return tf.tidy(() => {
    const turned = tf.transpose(tf.reverse4d(filter, [0, 1]), [0, 1, 3, 2]);
    const isSame = [filterHeight, filterWidth].every(
      (size, axis) => size % 2 === 1 && around[axis]?.every((pads) => pads === (size - 1) / 2),
    );
    if (isSame) return tf.conv2d(dy, turned, 1, 'same');
    return tf.conv2d(tf.pad4d(dy, [[0, 0], ...around, [0, 0]]), turned, 1, 'valid');
  });
}

/** What the kernel of a convolution's gradient to its input is called with: the gradient from above, the kernel, the sizes. */
export function inputGradientCall({ inputs, attrs }: KernelCall): {
  readonly dy: tf.Tensor4D;
  readonly filter: tf.Tensor4D;
  readonly info: tf.backend_util.Conv2DInfo;
} {
  const { dy, filter } = inputs as unknown as {
    readonly dy: tf.Tensor4D;
    readonly filter: tf.Tensor4D;
  };
  const { strides, pad, inputShape, dimRoundingMode } =
    attrs as unknown as tf.Conv2DBackpropInputAttrs;
  const info = tf.backend_util.computeConv2DInfo(
    inputShape,
    filter.shape,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  return { dy, filter, info };
}
