import * as tf from '@tensorflow/tfjs-core';
import { version_cpu } from '@tensorflow/tfjs-backend-cpu';
import { EngineError } from '../runtime/engineError';
import type { Backend } from './backend';

/** TensorFlow.js in plain JavaScript: always there, and slow. */
export const cpuBackend: Backend = {
  id: 'cpu',
  async start() {
    if (!(await tf.setBackend('cpu'))) throw new EngineError('the plain JavaScript backend failed');
    return { threads: 1, version: version_cpu };
  },
};
