import type { PassedOperands } from '../../network/layers/operands';
import type { Cell } from '../../network/tensor/cell';
import { formatCount, formatPrecise } from '../draw/numberFormat';
import type { BlockView, ValueView } from './layerView';
import { oneStep } from './stages/stage';

export const flattenView: BlockView = { form: 'units', family: 'other' };
export const dropoutView: BlockView = { form: 'slab', family: 'other' };
export const concatenateView: BlockView = { form: 'stack', family: 'joining' };
export const zeroPaddingView: BlockView = { form: 'stack', family: 'other' };
export const movingView: BlockView = { form: 'slab', family: 'other' };

type Passing = PassedOperands['kind'];

/** A value that comes out as it went in, and why. */
function passed(formula: string, how: string, placeOf = placeWords): ValueView<Passing> {
  return {
    formula: ({ from, fill = 0 }) => (from ? formula : paddingWords(fill)),
    stages({ inputs, input, from, fill = 0 }, { sources }) {
      if (!from) return [oneStep('Padding', fill, `outside the map: ${paddingWords(fill)}`)];
      const source = sources[input] ?? '';
      const value = inputs[0] ?? NaN;
      const words = `${formatPrecise(value)} from ${source}, ${placeOf(from)}: ${how}`;
      return [oneStep(`From ${source}`, value, words)];
    },
    sourceCell: ({ from }, cell) => from ?? cell,
  };
}

function paddingWords(fill: number): string {
  return fill === 0 ? 'a zero of the padding' : `the padding’s ${formatPrecise(fill)}`;
}

function placeWords({ row, column, channel }: Cell): string {
  return `row ${row}, column ${column}, channel ${formatCount(channel)}`;
}

/** Dropout stands among lists of units, seldom among maps. */
function unitWords(from: Cell): string {
  const isFirst = from.row === 0 && from.column === 0;
  return isFirst ? `unit ${formatCount(from.channel)}` : placeWords(from);
}

const moved = 'moved, not changed';

export const flattenValue = passed('the same value, in a list', moved);
export const concatenateValue = passed('the same value', moved);
export const movedValue = passed('the same value', moved);
export const identityValue = passed('the same value', 'it does nothing at inference', unitWords);
export const zeroPaddingValue = passed('the same value', moved);
export const dropoutValue = passed(
  'the same value',
  'dropout does nothing at inference',
  unitWords,
);
