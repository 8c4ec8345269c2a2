import type { DataType, TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { KernelCall } from './replaceKernel';
import { replaceKernel } from './replaceKernel';

/** What is used here of the WebAssembly backend. */
interface Wasm {
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
  /** A view: good until the heap grows. */
  typedArrayFromHeap(tensor: TensorInfo): Float32Array;
}

/** A tensor's values where WebAssembly holds them, without a copy: good until the next kernel runs. Undefined on other backends. */
export function wasmView(tensor: tf.Tensor): Float32Array | undefined {
  const backend = tf.backend();
  if (!(backend instanceof BackendWasm)) return undefined;
  return (backend as unknown as Wasm).typedArrayFromHeap(tensor);
}

type PoolInfo = tf.backend_util.Conv2DInfo;

/** tfjs-backend-wasm 4.22 gets the gradient of overlapping pools wrong, and AlexNet's overlap (paper, section 3.4). */
export function registerWasmKernels(): void {
  replaceKernel(tf.MaxPoolGrad, 'wasm', maxPoolGradient);
}

function maxPoolGradient({ inputs, attrs, backend }: KernelCall): TensorInfo {
  const { dy, input } = inputs as { readonly dy: TensorInfo; readonly input: TensorInfo };
  const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as tf.MaxPoolGradAttrs;
  const info = tf.backend_util.computePool2DInfo(
    input.shape as [number, number, number, number],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const wasm = backend as Wasm;
  const output = wasm.makeOutput(input.shape, input.dtype);
  // Views are taken last: making the output may have moved the heap.
  const gradient = wasm.typedArrayFromHeap(output).fill(0);
  giveToMaxima(wasm.typedArrayFromHeap(input), wasm.typedArrayFromHeap(dy), gradient, info);
  return output;
}

/** Each output's gradient goes to the first maximum of its window, row-major, as TensorFlow has it. */
function giveToMaxima(
  input: Float32Array,
  dy: Float32Array,
  gradient: Float32Array,
  info: PoolInfo,
): void {
  const { batchSize, inHeight, inWidth, outHeight, outWidth, inChannels: channels } = info;
  const { strideHeight, strideWidth, padInfo } = info;
  for (let out = 0; out < dy.length; out++) {
    const channel = out % channels;
    const cell = Math.floor(out / channels);
    const column = (cell % outWidth) * strideWidth - padInfo.left;
    const row = (Math.floor(cell / outWidth) % outHeight) * strideHeight - padInfo.top;
    const picture = batchSize === 1 ? 0 : Math.floor(cell / (outWidth * outHeight));
    let [best, most] = [-1, -Infinity];
    for (let y = Math.max(0, row); y < Math.min(inHeight, row + info.filterHeight); y++) {
      for (let x = Math.max(0, column); x < Math.min(inWidth, column + info.filterWidth); x++) {
        const at = ((picture * inHeight + y) * inWidth + x) * channels + channel;
        const value = input[at] ?? 0;
        if (value > most) [best, most] = [at, value];
      }
    }
    if (best >= 0) gradient[best] = (gradient[best] ?? 0) + (dy[out] ?? 0);
  }
}
