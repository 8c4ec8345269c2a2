import type { TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { KernelCall } from './replaceKernel';
import { inputGradient } from './inputGradient';
import { replaceKernel } from './replaceKernel';
import { stridedInputGradient } from './stridedInputGradient';
import { reversedBlocks } from './wasmReverse';

/** The filter's gradient, which tfjs-backend-wasm 4.22 lacks, and what it has but slowly. */
export function registerWasmGradients(): void {
  tf.registerKernel({
    kernelName: tf.Conv2DBackpropFilter,
    backendName: 'wasm',
    kernelFunc: filterGradient,
  });
  replaceKernel(
    tf.Conv2DBackpropInput,
    'wasm',
    (call) => inputGradient(call) ?? stridedInputGradient(call),
  );
  replaceKernel(tf.Reverse, 'wasm', reversedBlocks);
  replaceKernel(tf.BatchMatMul, 'wasm', productOfTransposed);
}

/** A convolution in which pictures and channels change places, and stride and dilation: x slides under dy. */
function filterGradient({ inputs, attrs }: KernelCall): TensorInfo {
  const { x, dy } = inputs as unknown as { readonly x: tf.Tensor4D; readonly dy: tf.Tensor4D };
  const { strides, pad, filterShape, dimRoundingMode } =
    attrs as unknown as tf.Conv2DBackpropFilterAttrs;
  const info = tf.backend_util.computeConv2DInfo(
    x.shape,
    filterShape,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const { padInfo, strideHeight, strideWidth } = info;
  return tf.tidy(() => {
    const padded = tf.pad4d(x, [
      [0, 0],
      [padInfo.top, padInfo.bottom],
      [padInfo.left, padInfo.right],
      [0, 0],
    ]);
    const gradient = tf.conv2d(
      tf.transpose(padded, [3, 1, 2, 0]),
      tf.transpose(dy, [1, 2, 0, 3]),
      1,
      'valid',
      'NHWC',
      [strideHeight, strideWidth],
    );
    const [height, width, , outputs] = filterShape;
    // Rows and columns that no window began at leave some over.
    const sliced = tf.slice4d(gradient, [0, 0, 0, 0], [-1, height, width, outputs]);
    return tf.transpose(sliced, [1, 2, 0, 3]);
  });
}

/** Transposing the smaller side first is several times faster than the kernel's own flags, for single matrices. */
function productOfTransposed({ inputs, attrs }: KernelCall): TensorInfo | undefined {
  const { a, b } = inputs as unknown as { readonly a: tf.Tensor; readonly b: tf.Tensor };
  const { transposeA, transposeB } = attrs as unknown as tf.BatchMatMulAttrs;
  if (transposeA === transposeB || !isMatrix(a) || !isMatrix(b)) return undefined;
  return tf.tidy(() => {
    const [left, right] = [matrix(a), matrix(b)];
    const product = transposeA
      ? tf.matMul(tf.transpose(left), right)
      : tf.transpose(tf.matMul(right, tf.transpose(left)));
    return tf.reshape(product, [...a.shape.slice(0, -2), ...product.shape]);
  });
}

function isMatrix({ rank, shape }: tf.Tensor): boolean {
  return rank === 2 || (rank === 3 && shape[0] === 1);
}

function matrix(tensor: tf.Tensor): tf.Tensor2D {
  const [rows = 0, columns = 0] = tensor.shape.slice(-2);
  return tf.reshape<tf.Rank.R2>(tensor, [rows, columns]);
}
