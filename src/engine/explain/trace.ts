import * as tf from '@tensorflow/tfjs-core';
import { layerNamed } from '../../network/network';
import { throwWasmFailure } from '../backends/wasmFailures';
import type { BuiltModel } from '../model/builtModel';
import type { Step } from '../model/step';
import { maskOff } from '../run/offChannels';
import { ranValuesOf, type StoredRun } from '../run/runStore';
import { EngineError } from '../runtime/engineError';
import type { Work } from './work';

/** The values that a pass forward left, [n, ...outputShape] by layer; the tensors are its own until it is disposed. */
export class Trace {
  private readonly tensors = new Map<string, tf.Tensor>();

  private constructor(
    private readonly run: StoredRun,
    readonly count: number,
  ) {}

  /** Of the run itself: nothing is computed anew. */
  static ofRun(run: StoredRun): Trace {
    return new Trace(run, 1);
  }

  /**
   * Puts `values`, [n, ...], in the place of what the run has at `from`, which is disposed then, and computes all that
   * follows as far as `to`: what goes into its softmax where it has one. Nothing else is computed anew.
   */
  static async through(
    { model, run, work }: TraceContext,
    {
      from,
      values,
      to,
    }: { readonly from: string; readonly values: tf.Tensor; readonly to: string },
  ): Promise<Trace> {
    const [count = 1] = values.shape;
    const trace = new Trace(run, count);
    trace.tensors.set(from, values);
    try {
      for (const step of stepsBetween(model, from, to)) {
        await work.pause();
        trace.add(step, step.layer.name === to);
      }
      return trace;
    } catch (error) {
      trace.dispose();
      throw error;
    }
  }

  /** A layer's values, [n, ...outputShape]. */
  of(name: string): tf.Tensor {
    const known = this.tensors.get(name);
    if (known) return known;
    const values = ranValuesOf(this.run, name);
    const tensor = tf.tidy(() => {
      const one = tf.tensor(values.data, [1, ...values.shape], 'float32');
      return tf.tile(one, [this.count, ...values.shape.map(() => 1)]);
    });
    this.tensors.set(name, tensor);
    return tensor;
  }

  /** What a layer's channels that are off let through of its values, or of a signal to them: nothing. */
  masked(name: string, tensor: tf.Tensor): tf.Tensor {
    return maskOff(this.run.changed?.off, name, tensor);
  }

  dispose(): void {
    for (const tensor of this.tensors.values()) tensor.dispose();
    this.tensors.clear();
  }

  private add({ layer, softmax, run }: Step, isLast: boolean): void {
    const inputs = layer.inputs.map((name) => this.of(name));
    const output = tf.tidy(() => {
      const result = run(inputs);
      return this.masked(layer.name, softmax && !isLast ? tf.softmax(result) : result);
    });
    this.tensors.set(layer.name, output);
    throwWasmFailure();
  }
}

/** What is needed to run a part of a network anew. */
export interface TraceContext {
  readonly model: BuiltModel;
  readonly run: StoredRun;
  readonly work: Work;
}

/** The steps on the ways from a layer to another, in an order in which they run; throws where no way leads there. */
export function stepsBetween({ network, steps }: BuiltModel, from: string, to: string): Step[] {
  const behind = new Set([from]);
  const all = steps.filter(({ layer }) => {
    const follows = layer.name !== from && layer.inputs.some((name) => behind.has(name));
    if (follows) behind.add(layer.name);
    return follows;
  });
  const needed = new Set([layerNamed(network, to).name]);
  const between = all.reverse().filter(({ layer }) => {
    if (!needed.has(layer.name)) return false;
    layer.inputs.forEach((name) => needed.add(name));
    return true;
  });
  if (from !== to && between.length === 0)
    throw new EngineError(`${to} does not depend on ${from}, which can explain nothing of it`);
  return between.reverse();
}

/** A tensor's values, which is disposed. */
export function taken(tensor: tf.Tensor): Float32Array {
  try {
    return tensor.dataSync<'float32'>();
  } finally {
    tensor.dispose();
  }
}
