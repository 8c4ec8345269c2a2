import * as tf from '@tensorflow/tfjs-core';
import { NodeJSKernelBackend } from '@tensorflow/tfjs-node/dist/nodejs_kernel_backend';
import '@tensorflow/tfjs-node/dist/register_all_kernels';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { EngineError } from '../runtime/engineError';
import type { Backend } from './backend';
import { registerNativeKernels } from './nativeKernels';

type Binding = ConstructorParameters<typeof NodeJSKernelBackend>[0];

/** TensorFlow through tfjs-node's addon, registered by hand: its own loader breaks in bundles. */
export const nativeBackend: Backend = {
  id: 'tensorflow',
  async start({ addonPath }) {
    if (addonPath === undefined) throw new EngineError('native TensorFlow is not installed');
    process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '3';
    // oneDNN stays as TensorFlow has it, which is on: 29 against 32 ms a pass on two cores with 2.21.
    // Its first pass takes 264 instead of 233 ms, which the warm-up hides.
    restoreRemovedNodeApi();
    const binding = createRequire(addonPath)(addonPath) as Binding;
    tf.registerBackend(
      'tensorflow',
      () => new NodeJSKernelBackend(binding, '@tensorflow/tfjs-node'),
    );
    registerNativeKernels();
    if (!(await tf.setBackend('tensorflow')))
      throw new EngineError('TensorFlow could not be started');
    const threads = Number(process.env['TF_NUM_INTRAOP_THREADS']) || availableParallelism();
    return { threads, version: binding.TF_Version };
  },
};

/** tfjs-node 4.22 calls util.isNullOrUndefined in every op; Node 23 removed it (tensorflow/tfjs issue 8609). */
function restoreRemovedNodeApi(): void {
  const util = createRequire(__filename)('node:util') as { isNullOrUndefined?: unknown };
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
}
