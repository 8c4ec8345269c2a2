import * as tf from '@tensorflow/tfjs-core';
import { runnerOf } from '../layers/layerRunners';
import type { WeightTensors } from '../layers/layerRunner';
import type { Step } from '../model/step';
import type { BuiltModel } from '../model/builtModel';

interface Changes {
  /** Other tensors in the place of the layer's own, in its towers. */
  readonly kernel?: (tensor: tf.Tensor) => tf.Tensor;
  /** `none` leaves the bias out. */
  readonly bias?: ((tensor: tf.Tensor) => tf.Tensor) | 'none';
}

/**
 * A convolution or dense layer without its activation, on changed weights. Its tensors are made when it runs: who calls
 * does so in a tidy.
 */
export function linearStep(step: Step, { kernel, bias }: Changes = {}): Step {
  const { layer } = step;
  const runner = runnerOf(layer.kind);
  if ((layer.kind !== 'Conv2D' && layer.kind !== 'Dense') || !runner)
    throw new Error(`${layer.name} is no weighted sum`);
  const linear = {
    ...layer,
    activation: 'linear' as const,
    useBias: layer.useBias && bias !== 'none',
  };
  const changes = { kernel, bias: bias === 'none' ? undefined : bias };
  const weights: WeightTensors = (name) => {
    const change = name === 'kernel' || name === 'bias' ? changes[name] : undefined;
    const tensors = step.weights(name);
    return change ? tensors.map(change) : tensors;
  };
  return {
    ...step,
    layer: linear,
    softmax: false,
    weights,
    run: (inputs) => runner.run(linear, inputs, weights),
  };
}

/** The same model, with a layer's weighted sums in place of what its activation makes of them; it owns no tensors. */
export function beforeActivation(model: BuiltModel, layer: string): BuiltModel {
  const steps = model.steps.map((step) => (step.layer.name === layer ? weightedSums(step) : step));
  return { ...model, steps };
}

function weightedSums(step: Step): Step {
  const { layer } = step;
  if (layer.kind === 'Conv2D' || layer.kind === 'Dense') return linearStep(step);
  if (layer.kind !== 'Activation') return step;
  return {
    ...step,
    layer: { ...layer, activation: 'linear' },
    run: ([x]) => tf.clone(x as tf.Tensor),
  };
}
