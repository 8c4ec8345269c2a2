import { activationTitle } from '../../network/layers/activations';
import type { BlockView, ValueView } from './layerView';
import { curveScene } from './scenes/curveScene';
import { activationStage } from './stages/activationStages';

export const activationView: BlockView = { form: 'slab', family: 'other' };

/** A function of one value, with the value as a point on its curve. */
export const activationValue: ValueView<'Activation'> = {
  formula: ({ activation }) => `${activationTitle(activation)}(x)`,
  stages: ({ inputs, activation }) => [activationStage(inputs[0] ?? NaN, activation)],
  scene: ({ inputs, activation }) => curveScene(activation, inputs[0] ?? NaN),
};
