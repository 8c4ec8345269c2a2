import type { Tensor } from '@tensorflow/tfjs-core';
import type { WeightName } from '../../network/layers/layer';
import { EngineError } from '../engineError';
import type { BuiltModel, Step } from './builtModel';

/** The tensors that together are one weight, which the model owns: `kernel`, or `kernel0` and `kernel1` of two towers. */
export function towersOf({ layer, tfLayers }: Step, weight: WeightName): readonly Tensor[] {
  const ofWeight = new RegExp(`(^|/)${weight}\\d*$`);
  const towers = tfLayers
    .flatMap(({ weights }) => weights)
    .filter(({ originalName }) => ofWeight.test(originalName))
    .map((variable) => variable.read());
  if (towers.length === 0) throw new EngineError(`${layer.name} has no ${weight}`);
  return towers;
}

/** The step that runs a layer. */
export function stepOf({ steps }: BuiltModel, layer: string): Step {
  const step = steps.find((candidate) => candidate.layer.name === layer);
  if (step) return step;
  throw new EngineError(`the model has no layer "${layer}"`);
}
