import type { BlockView, ValueView } from './layerView';
import { tableScene } from './scenes/tableScene';
import { softmaxStages } from './stages/softmaxStages';

export const softmaxView: BlockView = { form: 'slab', family: 'normalisation' };

export const softmaxValue: ValueView<'Softmax'> = {
  formula: () => 'e^(z − max) ÷ Σ e^(z − max), of the logits z',
  stages: ({ inputs }, { cell }) => softmaxStages(inputs, cell.channel % inputs.length),
  scene: (_, { stages }) => tableScene(stages),
};
