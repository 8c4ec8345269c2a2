import type { PoolingOperands } from '../../network/layers/operands';
import {
  isPadding,
  windowLength,
  windowMiddle,
  type WindowPlace,
} from '../../network/tensor/windowPlace';
import { element } from '../draw/element';
import { formatPrecise } from '../draw/numberFormat';
import type { BlockView, ValueView } from './layerView';
import type { Scene } from './scenes/scene';
import { spanWords, ValueGrid } from './scenes/valueGrid';
import { oneStep, type Stage, type Step } from './stages/stage';

export const poolingView: BlockView = { form: 'stack', family: 'pooling' };
export const globalPoolingView: BlockView = { form: 'units', family: 'pooling' };

type Pooling = PoolingOperands['kind'];
type Largest = 'MaxPooling2D' | 'GlobalMaxPooling2D';

/** The window place by place: the largest so far. */
export const maximumValue: ValueView<Largest> = {
  ...windowValue('the largest'),
  stages: (operands) => [compareStage(operands)],
};

/** The window place by place: the sum so far, then its mean. */
export const averageValue: ValueView<Exclude<Pooling, Largest>> = {
  ...windowValue('the mean'),
  stages: averageStages,
};

function windowValue(what: string): Omit<ValueView<Pooling>, 'stages'> {
  return {
    formula: ({ window: { rows, columns } }) => `${what} of ${rows} × ${columns}`,
    scene: (operands, { sources: [source = ''], pick }) => poolingScene(operands, source, pick),
    sourceCell: ({ window }, { channel }) => ({ ...windowMiddle(window), channel }),
  };
}

/** Which place of the window is the largest: the first of several; undefined for an average. */
export function winner({ kind, inputs, window }: PoolingOperands): number | undefined {
  if (kind !== 'MaxPooling2D' && kind !== 'GlobalMaxPooling2D') return undefined;
  let best: number | undefined;
  for (const [place, value] of inputs.entries()) {
    if (isPadding(window, place)) continue;
    if (best === undefined || value > (inputs[best] ?? NaN)) best = place;
  }
  return best;
}

function compareStage({ inputs, window }: PoolingOperands): Stage {
  let total = -Infinity;
  const steps = [...inputs].map((value, place): Step => {
    const where = placeWords(window, place);
    if (isPadding(window, place)) return { total, words: `${where}: padding, which never wins` };
    const wins = !(value <= total);
    if (wins) total = value;
    const words = wins ? 'the largest so far' : `not above ${formatPrecise(total)}`;
    return { total, words: `${where}: ${formatPrecise(value)}, ${words}` };
  });
  return { id: 'compare', title: 'The largest of the window', steps };
}

function averageStages({ inputs, window, divisor }: PoolingOperands): readonly Stage[] {
  let sum = 0;
  const countsPadding = divisor === windowLength(window);
  const ofPadding = `padding, ${countsPadding ? 'counts as 0' : 'does not count'}`;
  const steps = [...inputs].map((value, place): Step => {
    sum += value;
    const words = isPadding(window, place) ? ofPadding : `adds ${formatPrecise(value)}`;
    return { total: sum, words: `${placeWords(window, place)}: ${words}` };
  });
  const mean = sum / divisor;
  const padded = countsPadding ? '' : ', as the padding does not count';
  const words = `${formatPrecise(sum)} ÷ ${divisor} = ${formatPrecise(mean)}${padded}`;
  return [
    { id: 'compare', title: 'Sum of the window', steps },
    oneStep(`÷ ${divisor}`, mean, words),
  ];
}

function placeWords({ columns }: WindowPlace, place: number): string {
  return `row ${Math.floor(place / columns)}, column ${place % columns}`;
}

/** The window of a pooling, and which of its cells won. */
function poolingScene(
  operands: PoolingOperands,
  source: string,
  pick: (stage: number, step: number) => void,
): Scene {
  const { window, inputs } = operands;
  const grid = new ValueGrid(window, (place) => pick(0, place));
  const padding = (place: number): boolean => isPadding(window, place);
  grid.show({ name: `Window on ${source}`, values: inputs, isPadding: padding });
  const won = winner(operands);
  return {
    element: element(
      'div',
      { class: 'scene pooling-scene' },
      element('p', { class: 'quiet' }, `${source}, ${spanWords(window)}`),
      grid.element,
    ),
    step(stages, at) {
      const comparing = stages[at.stage]?.id === 'compare';
      const seen = comparing ? at.step + 1 : undefined;
      const best = seen === undefined ? won : bestOf(operands, seen);
      grid.mark({ current: comparing ? at.step : undefined, pendingFrom: seen, won: best });
    },
  };
}

/** The largest among the first places. */
function bestOf(operands: PoolingOperands, places: number): number | undefined {
  return winner({ ...operands, inputs: operands.inputs.subarray(0, places) });
}
