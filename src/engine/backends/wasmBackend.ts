import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm';
import { sep } from 'node:path';
import { EngineError } from '../runtime/engineError';
import type { Backend } from './backend';
import { guardWasmHeap, hearWasmFailures } from './wasmFailures';
import { registerWasmGradients } from './wasmGradients';
import { registerWasmKernels } from './wasmKernels';
import { startWasmThreads, stopWasmThreads } from './wasmThreads';

/** TensorFlow.js' WebAssembly kernels with SIMD, on one thread. */
export const wasmBackend: Backend = {
  id: 'wasm',
  async start({ wasmDirectory }) {
    await startIn(wasmDirectory, async () => {
      if (!(await tf.setBackend('wasm'))) throw new EngineError('WebAssembly could not be started');
    });
    return { threads: 1, version: version_wasm };
  },
};

/** The same on several threads. */
export const threadedWasmBackend: Backend = {
  id: 'wasm',
  parallel: true,
  async start({ threads, wasmDirectory }) {
    await startIn(wasmDirectory, () => startWasmThreads(threads, wasmDirectory));
    return { threads, version: version_wasm };
  },
  undo: stopWasmThreads,
};

let prepared = false;

async function startIn(wasmDirectory: string, start: () => Promise<void>): Promise<void> {
  // A second time is refused after a start that failed, and not needed.
  if (!prepared) {
    setWasmPaths(wasmDirectory + sep);
    hearWasmFailures();
    registerWasmKernels();
    registerWasmGradients();
    prepared = true;
  }
  await start();
  guardWasmHeap();
}
