import * as tf from '@tensorflow/tfjs-core';
import { throwWasmFailure } from '../backends/wasmFailures';
import type { BuiltModel } from '../model/builtModel';
import type { Step } from '../model/step';
import type { Target } from './target';
import { stepsBetween, type Trace } from './trace';
import type { Work } from './work';

export interface BackwardOptions {
  readonly model: BuiltModel;
  readonly trace: Trace;
  readonly target: Target;
  /** The layer that the signal is followed to. */
  readonly to: string;
  readonly work: Work;
  /** Sees the whole signal at each layer that it passes, whose tensor is not the viewer's. */
  readonly onSignal?: (layer: string, signal: tf.Tensor) => void;
}

/** What a layer hands back of a signal to each of its inputs, in their order; a tidy frees what is between. */
type StepBack = (
  step: Step,
  at: { readonly inputs: readonly tf.Tensor[]; readonly signal: tf.Tensor },
) => readonly tf.Tensor[];

/**
 * Follows a signal, [n, ...], from the target's layer back to another, layer by layer; where ways meet it is their sum.
 * Disposes `begin`; what it gives is the caller's.
 */
export async function followBack(
  { model, trace, target, to, work, onSignal }: BackwardOptions,
  begin: tf.Tensor,
  stepBack: StepBack,
): Promise<tf.Tensor> {
  const steps = stepsBetween(model, to, target.layer);
  const signals = new Signals([to, ...steps.map(({ layer }) => layer.name)]);
  try {
    signals.add(target.layer, begin);
    for (const step of steps.reverse()) {
      await work.pause();
      const { layer } = step;
      const inputs = layer.inputs.map((name) => trace.of(name));
      const signal = throughOff(trace, layer.name, signals.take(layer.name));
      onSignal?.(layer.name, signal);
      const toInputs = tf.tidy(() => [...stepBack(step, { inputs, signal })]);
      signal.dispose();
      toInputs.forEach((tensor, at) => signals.add(layer.inputs[at] ?? '', tensor));
      throwWasmFailure();
    }
    return throughOff(trace, to, signals.take(to));
  } finally {
    signals.dispose();
  }
}

/** Nothing comes back through channels that are off. Disposes the signal where it gives another. */
function throughOff(trace: Trace, name: string, signal: tf.Tensor): tf.Tensor {
  const left = trace.masked(name, signal);
  if (left !== signal) signal.dispose();
  return left;
}

/** Signals under way, the sum of all that came to a layer; those to other layers are let go. */
class Signals {
  private readonly wanted: ReadonlySet<string>;
  private readonly tensors = new Map<string, tf.Tensor>();

  constructor(wanted: readonly string[]) {
    this.wanted = new Set(wanted);
  }

  /** The tensor is theirs from now on. */
  add(name: string, signal: tf.Tensor): void {
    const before = this.tensors.get(name);
    if (!this.wanted.has(name)) signal.dispose();
    else if (!before) this.tensors.set(name, signal);
    else {
      this.tensors.set(name, tf.add(before, signal));
      tf.dispose([before, signal]);
    }
  }

  /** The tensor is the caller's. */
  take(name: string): tf.Tensor {
    const signal = this.tensors.get(name);
    this.tensors.delete(name);
    if (signal) return signal;
    throw new Error(`no signal came to ${name}`);
  }

  dispose(): void {
    for (const tensor of this.tensors.values()) tensor.dispose();
  }
}
