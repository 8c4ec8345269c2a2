import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm';
import { join, sep } from 'node:path';
import { EngineError } from '../engineError';
import type { Backend } from './backend';

/** TensorFlow.js' WebAssembly kernels with SIMD; the .wasm files lie in `wasm` beside the engine's bundle. */
export const wasmBackend: Backend = {
  id: 'wasm',
  async start() {
    setWasmPaths(join(__dirname, 'wasm') + sep);
    if (!(await tf.setBackend('wasm'))) throw new EngineError('WebAssembly could not be started');
    return { threads: 1, version: version_wasm };
  },
};
