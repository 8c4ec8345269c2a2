import * as tf from '@tensorflow/tfjs-core';
import { createRequire } from 'node:module';

interface Heap {
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/** What the kernels say where one could not run, such as 'XNN status for xnn_create_… is not successful. Got status 6.' */
const failureLine = /^XNN status for .* is not successful\. Got status \d+/;

let failure: string | undefined;

/**
 * By itself TensorFlow.js prints a line where a kernel fails, and hands out whatever memory held. These are the two ways
 * in which its modules print, and no other hears them. To be called before WebAssembly starts, which looks one of them up.
 */
export function hearWasmFailures(): void {
  const hear = (text: unknown): void => {
    if (typeof text === 'string') failure ??= failureLine.exec(text)?.[0];
  };
  const fs = createRequire(__filename)('node:fs') as {
    writeSync: (file: number, text: unknown, ...rest: unknown[]) => number;
  };
  const host = globalThis.console;
  const { warn } = host;
  host.warn = (...words: unknown[]) => {
    words.forEach(hear);
    warn.apply(host, words);
  };
  const write = fs.writeSync;
  fs.writeSync = (file, text, ...rest) => {
    if (file === process.stderr.fd) hear(text);
    return write(file, text, ...rest);
  };
}

/** Makes a full heap an error: by itself TensorFlow.js would write to address 0 then. */
export function guardWasmHeap(): void {
  const { wasm } = tf.backend() as unknown as { readonly wasm: Heap };
  // The first call replaces the function by what it stands for.
  wasm._free(wasm._malloc(1));
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => {
    const address = allocate(bytes);
    if (address === 0) throw new RangeError(`WebAssembly is out of memory: ${bytes} bytes`);
    return address;
  };
}

/** Throws where a kernel has failed since this was last asked. */
export function throwWasmFailure(): void {
  const seen = failure;
  failure = undefined;
  if (seen !== undefined) throw new Error(seen);
}
