import * as tf from '@tensorflow/tfjs-core';
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/** Emscripten's module has its memory under a name that the typings lack. */
interface Memory {
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
}

/** A tensor's values where WebAssembly holds them, without a copy: good until the next kernel runs. Undefined on other backends. */
export function wasmView(tensor: tf.Tensor): Float32Array | undefined {
  const backend = tf.backend();
  if (!(backend instanceof BackendWasm)) return undefined;
  const offset = backend.getMemoryOffset(tensor.dataId);
  const { HEAPU8 } = backend.wasm as unknown as Memory;
  return new Float32Array(HEAPU8.buffer, offset, tensor.size);
}
