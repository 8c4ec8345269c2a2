import * as tf from '@tensorflow/tfjs-core';
import { layerNamed } from '../../network/network';
import { elementCount } from '../../network/tensor/shape';
import { throwWasmFailure } from '../backends/wasmFailures';
import type { BuiltModel } from '../model/builtModel';
import { endsInRelu, inputGradients } from './layerGradients';
import type { Target } from './target';
import { stepsBetween, type Trace } from './trace';
import type { Work } from './work';

/** What a ReLU hands back of a signal dy, where it gave y. */
type ReluRule = (dy: tf.Tensor, y: tf.Tensor) => tf.Tensor;

/** The gradient's, and two whose signal is none (Springenberg et al. 2015, figure 1). */
export const reluRules = {
  gradient: (dy, y) => tf.mul(dy, tf.step(y)),
  guided: (dy, y) => tf.mul(tf.relu(dy), tf.step(y)),
  deconvnet: (dy) => tf.relu(dy),
} as const satisfies Readonly<Record<string, ReluRule>>;

interface GradientOptions {
  readonly model: BuiltModel;
  readonly trace: Trace;
  readonly target: Target;
  /** The layer to whose values the gradient is taken. */
  readonly to: string;
  readonly relu?: ReluRule;
  readonly work: Work;
}

/**
 * The gradient of each picture's target to a layer's values, [n, ...outputShape]; the tensor is the caller's. A pool's
 * goes to the first maximum of its window.
 */
export async function gradientAt({
  model,
  trace,
  target,
  to,
  relu = reluRules.gradient,
  work,
}: GradientOptions): Promise<tf.Tensor> {
  const steps = stepsBetween(model, to, target.layer);
  const gradients = new Gradients([to, ...steps.map(({ layer }) => layer.name)]);
  try {
    gradients.add(target.layer, seedOf(model, target, trace.count));
    for (const step of steps.reverse()) {
      await work.pause();
      const { layer } = step;
      const dy = gradients.take(layer.name);
      const inputs = layer.inputs.map((name) => trace.of(name));
      const output = endsInRelu(step) ? trace.of(layer.name) : undefined;
      const toInputs = tf.tidy(() => {
        const signal = output ? relu(dy, output) : dy;
        return [...inputGradients(step, { inputs, dy: signal }, layer.name === target.layer)];
      });
      dy.dispose();
      layer.inputs.forEach((name, at) => gradients.add(name, toInputs[at] as tf.Tensor));
      throwWasmFailure();
    }
    return gradients.take(to);
  } finally {
    gradients.dispose();
  }
}

/** The target's slope to its own layer's values: its weights, for each picture. */
function seedOf({ network }: BuiltModel, { layer, weights }: Target, count: number): tf.Tensor {
  const { outputShape } = layerNamed(network, layer);
  const values = new Float32Array(elementCount(outputShape));
  for (const [index, weight] of weights) values[index] = weight;
  return tf.tidy(() => {
    const one = tf.tensor(values, [1, ...outputShape], 'float32');
    return tf.tile(one, [count, ...outputShape.map(() => 1)]);
  });
}

/** Gradients under way, the sum of all that came to a layer; those of other layers are let go. */
class Gradients {
  private readonly wanted: ReadonlySet<string>;
  private readonly tensors = new Map<string, tf.Tensor>();

  constructor(wanted: readonly string[]) {
    this.wanted = new Set(wanted);
  }

  /** The tensor is theirs from now on. */
  add(name: string, gradient: tf.Tensor): void {
    const before = this.tensors.get(name);
    if (!this.wanted.has(name)) gradient.dispose();
    else if (!before) this.tensors.set(name, gradient);
    else {
      this.tensors.set(name, tf.add(before, gradient));
      tf.dispose([before, gradient]);
    }
  }

  /** The tensor is the caller's. */
  take(name: string): tf.Tensor {
    const gradient = this.tensors.get(name);
    this.tensors.delete(name);
    if (gradient) return gradient;
    throw new Error(`no gradient came to ${name}`);
  }

  dispose(): void {
    for (const tensor of this.tensors.values()) tensor.dispose();
  }
}
