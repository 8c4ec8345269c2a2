import * as tf from '@tensorflow/tfjs-core';
import type { BuiltModel } from '../model/builtModel';
import type { Step } from '../model/step';
import { linearStep } from './linearStep';

/** The same model, with a layer's weighted sums in place of what its activation makes of them; it owns no tensors. */
export function beforeActivation(model: BuiltModel, layer: string): BuiltModel {
  const steps = model.steps.map((step) => (step.layer.name === layer ? linear(step) : step));
  return { ...model, steps };
}

function linear(step: Step): Step {
  const { layer } = step;
  if (layer.kind === 'Conv2D' || layer.kind === 'Dense') return linearStep(step);
  if (layer.kind !== 'Activation') return step;
  return {
    ...step,
    layer: { ...layer, activation: 'linear' },
    run: ([x]) => tf.clone(x as tf.Tensor),
  };
}
