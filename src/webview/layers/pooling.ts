import type { PoolingOperands } from '../../network/layers/operands';
import { isPadding, type WindowPlace } from '../../network/tensor/windowPlace';
import { formatPrecise } from '../draw/numberFormat';
import { oneStep, type Stage, type Step } from './stages/stage';

/** Which place of the window is the largest: the first of several; undefined for an average. */
export function winner({ kind, inputs, window }: PoolingOperands): number | undefined {
  if (kind !== 'MaxPooling2D') return undefined;
  let best: number | undefined;
  for (const [place, value] of inputs.entries()) {
    if (isPadding(window, place)) continue;
    if (best === undefined || value > (inputs[best] ?? NaN)) best = place;
  }
  return best;
}

/** The window place by place: the largest so far, or the sum and its mean. */
export function poolingStages(operands: PoolingOperands): readonly Stage[] {
  return operands.kind === 'MaxPooling2D' ? [compareStage(operands)] : averageStages(operands);
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
  const steps = [...inputs].map((value, place): Step => {
    sum += value;
    return { total: sum, words: `${placeWords(window, place)}: adds ${formatPrecise(value)}` };
  });
  const mean = sum / divisor;
  const words = `${formatPrecise(sum)} ÷ ${divisor} = ${formatPrecise(mean)}`;
  return [
    { id: 'compare', title: 'Sum of the window', steps },
    oneStep(`÷ ${divisor}`, mean, words),
  ];
}

function placeWords({ columns }: WindowPlace, place: number): string {
  return `row ${Math.floor(place / columns)}, column ${place % columns}`;
}
