import { formatCount } from '../draw/numberFormat';
import { productsStage } from './dense';
import type { BlockView, ValueView } from './layerView';
import { tableScene } from './scenes/tableScene';

export const matmulView: BlockView = { form: 'slab', family: 'joining' };

/** A row of the first input times a column of the second. */
export const matmulValue: ValueView<'Matmul'> = {
  formula: ({ inputs }) => `Σ of ${formatCount(inputs.length)} products of the two inputs`,
  stages: ({ inputs, others }, { sources: [first = '', second = ''] }) => [
    productsStage(inputs, others, { heads: ['place', first, second, 'product'], noun: 'place' }),
  ],
  scene: (_, { stages }) => tableScene(stages),
};
