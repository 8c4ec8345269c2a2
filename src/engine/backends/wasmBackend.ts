import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm';
import { sep } from 'node:path';
import { EngineError } from '../engineError';
import type { Backend } from './backend';
import { startWasmThreads, stopWasmThreads } from './wasmThreads';

/** TensorFlow.js' WebAssembly kernels with SIMD, on one thread. */
export const wasmBackend: Backend = {
  id: 'wasm',
  async start({ wasmDirectory }) {
    setWasmPaths(wasmDirectory + sep);
    if (!(await tf.setBackend('wasm'))) throw new EngineError('WebAssembly could not be started');
    return { threads: 1, version: version_wasm };
  },
};

/** The same on several threads. */
export const threadedWasmBackend: Backend = {
  id: 'wasm',
  parallel: true,
  async start({ threads, wasmDirectory }) {
    setWasmPaths(wasmDirectory + sep);
    await startWasmThreads(threads, wasmDirectory);
    return { threads, version: version_wasm };
  },
  undo: stopWasmThreads,
};
