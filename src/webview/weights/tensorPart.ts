import type { TensorSummary } from '../../protocol/weightSummary';
import { element } from '../draw/element';
import { formatCount, formatExact } from '../draw/numberFormat';
import type { WeightsLook } from '../state/viewState';
import { histogramView } from './histogramView';
import { sizeWords, statisticsFacts, tensorWarnings } from './tensorWords';
import { unitPlot } from './unitPlot';

/** A part of the tab that follows how the person wants weights drawn. */
export interface Part {
  readonly element: HTMLElement;
  readonly update: (look: WeightsLook) => void;
}

/** One tensor: its size, its histogram, its numbers, and what is wrong with it. */
export function tensorPart(tensor: TensorSummary, unit: string): Part {
  const { name, histogram, statistics, values, norms, count } = tensor;
  const spread = histogram && histogram.width > 0 ? histogramView(tensor, histogram) : undefined;
  const same =
    statistics && !spread
      ? [element('p', {}, `All ${formatCount(count)} values are ${formatExact(statistics.min)}.`)]
      : [];
  const plots = spread
    ? [
        ...(values ? [unitPlot(values, { title: `${name} by ${unit}`, unit })] : []),
        ...(norms ? [unitPlot(norms, { title: `L2 norm by ${unit}`, unit, fromZero: true })] : []),
      ]
    : [];
  const titleId = `weights-${name}`;
  return {
    element: element(
      'section',
      { class: 'tensor', 'aria-labelledby': titleId, 'data-tensor': name },
      element(
        'h3',
        { id: titleId },
        name,
        element('span', { class: 'quiet' }, ` ${sizeWords(tensor)}`),
      ),
      ...tensorWarnings(tensor).map((warning) => element('p', { class: 'note' }, warning)),
      ...(spread ? [spread.element] : same),
      statisticsList(tensor),
      ...plots,
    ),
    update: ({ counts }) => spread?.update(counts),
  };
}

function statisticsList(tensor: TensorSummary): HTMLElement {
  const rows = statisticsFacts(tensor).map(({ term, value }) =>
    element(
      'div',
      { class: 'statistic' },
      element('dt', {}, term),
      element('dd', { 'data-statistic': term }, value),
    ),
  );
  return element('dl', { class: 'statistics' }, ...rows);
}
