import { formatCount, formatPrecise } from '../draw/numberFormat';
import type { BlockView, OperandsOf, ValueView } from './layerView';
import { tableScene } from './scenes/tableScene';
import type { Stage, Step } from './stages/stage';

export const resizeView: BlockView = { form: 'stack', family: 'other' };

/** Shares of neighbouring cells; of one cell alone where it is copied. */
export const resizeValue: ValueView<'Resize'> = {
  formula: ({ inputs }) =>
    inputs.length === 1
      ? 'the nearest cell’s value'
      : `Σ ${formatCount(inputs.length)} neighbouring cells × their shares`,
  stages: resizeStages,
  scene: (_, { stages }) => tableScene(stages),
  sourceCell: ({ first }) => first,
};

function resizeStages({ inputs, shares }: OperandsOf<'Resize'>): readonly Stage[] {
  const say = formatPrecise;
  let total = 0;
  const rows: string[][] = [];
  const steps = [...inputs].map((value, at): Step => {
    const share = shares[at] ?? NaN;
    total += value * share;
    rows.push([say(value), say(share), say(value * share)]);
    return { total, words: `${say(value)} × ${say(share)} = ${say(value * share)}` };
  });
  const title = `Shares of ${formatCount(inputs.length)} cells`;
  return [{ id: 'terms', title, steps, table: { heads: ['value', 'share', 'product'], rows } }];
}
