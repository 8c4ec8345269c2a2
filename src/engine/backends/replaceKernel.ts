import type { KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { EngineError } from '../runtime/engineError';

export type KernelCall = Parameters<KernelFunc>[0];

/** A kernel that may leave a call to the one it replaces. */
type Replacement = (call: KernelCall, original: KernelFunc) => TensorInfo | undefined;

/** Puts a kernel of our own in the place of a backend's. */
export function replaceKernel(name: string, backend: string, replacement: Replacement): void {
  const original = tf.getKernel(name, backend) as KernelConfig | undefined;
  if (!original) throw new EngineError(`the backend ${backend} has no kernel ${name}`);
  const { kernelFunc } = original;
  tf.unregisterKernel(name, backend);
  tf.registerKernel({
    ...original,
    kernelFunc: (call) => replacement(call, kernelFunc) ?? kernelFunc(call),
  });
}
