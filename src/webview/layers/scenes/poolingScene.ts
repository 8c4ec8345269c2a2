import type { PoolingOperands } from '../../../network/layers/operands';
import { isPadding } from '../../../network/tensor/windowPlace';
import { element } from '../../draw/element';
import { winner } from '../pooling';
import { ValueGrid } from './valueGrid';
import type { Scene } from './scene';
import { spanWords } from './spanWords';

/** The window of a pooling, and which of its cells won. */
export function poolingScene(
  operands: PoolingOperands,
  source: string,
  onPick: (place: number) => void,
): Scene {
  const { window, inputs } = operands;
  const grid = new ValueGrid(window, onPick);
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
