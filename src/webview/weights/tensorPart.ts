import type { TensorSummary } from '../../protocol/weightSummary';
import { element } from '../draw/element';
import { factRows } from '../draw/factList';
import { formatCount, formatExact } from '../draw/numberFormat';
import type { WeightsLook } from '../state/viewState';
import { HistogramView } from './histogramView';
import { sizeWords, statisticsFacts, tensorWarnings } from './tensorWords';
import { unitPlot } from './unitPlot';

/** One tensor: its size, its histogram, its numbers, and what is wrong with it. */
export class TensorPart {
  readonly element: HTMLElement;
  private readonly histogram: HistogramView | undefined;

  constructor(tensor: TensorSummary, unit: string) {
    const { name, histogram } = tensor;
    if (histogram && histogram.width > 0) this.histogram = new HistogramView(tensor, histogram);
    const titleId = `weights-${name}`;
    this.element = element(
      'section',
      { class: 'weights-part', 'aria-labelledby': titleId, 'data-tensor': name },
      element(
        'h3',
        { id: titleId },
        name,
        element('span', { class: 'quiet' }, ` ${sizeWords(tensor)}`),
      ),
      ...tensorWarnings(tensor).map((warning) => element('p', { class: 'note' }, warning)),
      ...(this.histogram ? [this.histogram.element] : sameValues(tensor)),
      element('dl', { class: 'statistics' }, ...factRows(statisticsFacts(tensor))),
      ...(this.histogram ? plots(tensor, unit) : []),
    );
  }

  update({ counts }: WeightsLook): void {
    this.histogram?.update(counts);
  }
}

function sameValues({ statistics, count }: TensorSummary): readonly HTMLElement[] {
  if (!statistics) return [];
  const words = `All ${formatCount(count)} values are ${formatExact(statistics.min)}.`;
  return [element('p', {}, words)];
}

function plots({ name, values, norms }: TensorSummary, unit: string): readonly HTMLElement[] {
  return [
    ...(values ? [unitPlot(values, { title: `${name} by ${unit}`, unit })] : []),
    ...(norms ? [unitPlot(norms, { title: `L2 norm by ${unit}`, unit, fromZero: true })] : []),
  ];
}
