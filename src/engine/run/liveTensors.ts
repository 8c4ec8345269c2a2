import type * as tf from '@tensorflow/tfjs-core';
import type { Step } from '../model/step';
import { EngineError } from '../runtime/engineError';

/** The outputs that layers still to run are applied to. */
export class LiveTensors {
  private readonly tensors = new Map<string, tf.Tensor>();
  /** How often each is still needed. */
  private readonly uses = new Map<string, number>();

  constructor(steps: readonly Step[]) {
    for (const name of steps.flatMap(({ layer }) => [layer.name, ...layer.inputs])) {
      this.uses.set(name, (this.uses.get(name) ?? 0) + 1);
    }
  }

  add(name: string, tensor: tf.Tensor): void {
    this.tensors.set(name, tensor);
  }

  /** Another tensor stands for this one, which is freed. */
  replace(name: string, tensor: tf.Tensor): void {
    this.tensors.get(name)?.dispose();
    this.tensors.set(name, tensor);
  }

  get(name: string): tf.Tensor {
    const tensor = this.tensors.get(name);
    if (tensor) return tensor;
    throw new EngineError(`${name} has not run yet`);
  }

  /** Each of these was used once more; frees those that nothing needs any longer. */
  release(names: readonly string[]): void {
    for (const name of names) {
      const left = (this.uses.get(name) ?? 0) - 1;
      this.uses.set(name, left);
      if (left > 0) continue;
      this.tensors.get(name)?.dispose();
      this.tensors.delete(name);
    }
  }

  dispose(): void {
    for (const tensor of this.tensors.values()) tensor.dispose();
  }
}
