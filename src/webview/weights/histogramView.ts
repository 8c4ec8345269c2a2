import type { Histogram, TensorSummary } from '../../protocol/weightSummary';
import { element, svg } from '../draw/element';
import { placeIn, stepThrough } from '../draw/stepper';
import { formatCount, formatValue, formatShare } from '../draw/numberFormat';
import type { WeightsLook } from '../state/viewState';

export interface HistogramView {
  readonly element: HTMLElement;
  readonly update: (scale: WeightsLook['counts']) => void;
}

/** Share of a bar's place that stays free beside it. */
const gap = 0.12;

/** Closer to an end than this, the zero would stand in the end's number. */
const zeroLabelFrom = 0.2;

const hint = 'Point at a bar, or use the arrow keys.';

/** A tensor's histogram, bin by bin readable; the bin around zero stands out. */
export function histogramView(tensor: TensorSummary, histogram: Histogram): HistogramView {
  const { counts, width, from } = histogram;
  const zero = zeroBin(histogram);
  const bars = Array.from(counts, (_, bin) =>
    svg('rect', { class: bin === zero ? 'bar zero' : 'bar', x: bin + gap / 2, width: 1 - gap }),
  );
  const picked = svg('rect', { class: 'picked', y: 0, width: 0, height: 1 });
  const drawing = svg(
    'svg',
    { class: 'histogram', viewBox: `0 0 ${counts.length} 1`, preserveAspectRatio: 'none' },
    picked,
    ...bars,
  );
  const reading = element('p', { class: 'reading quiet' }, hint);
  const words = (bin: number): string => binWords(histogram, bin, tensor.count);
  stepThrough(drawing, {
    label: `Histogram of ${tensor.name}, bin`,
    count: counts.length,
    at: (event) => clampBin(placeIn(drawing, event).x * counts.length, counts.length),
    words,
    show: (bin) => {
      reading.textContent = bin === undefined ? hint : words(bin);
      reading.classList.toggle('quiet', bin === undefined);
      picked.setAttribute('x', String(bin ?? 0));
      picked.setAttribute('width', bin === undefined ? '0' : '1');
    },
  });
  const most = element('span', { class: 'most quiet' });
  return {
    element: element(
      'div',
      { class: 'histogram-box' },
      most,
      drawing,
      axis(from, from + width * counts.length, zero === undefined ? undefined : -from / width),
      reading,
    ),
    update: (scale) => {
      most.textContent = mostWords(counts, scale);
      barHeights(histogram, scale).forEach((height, bin) => {
        bars[bin]?.setAttribute('y', String(1 - height));
        bars[bin]?.setAttribute('height', String(height));
      });
    },
  };

  function axis(start: number, end: number, zeroAt: number | undefined): HTMLElement {
    const ends = [start, end].map((value) => element('span', {}, formatValue(value)));
    const line = element('div', { class: 'axis' }, ...ends);
    const share = (zeroAt ?? -1) / counts.length;
    if (share > zeroLabelFrom && share < 1 - zeroLabelFrom) {
      const mark = element('span', { class: 'zero-mark' }, '0');
      mark.style.left = `${share * 100}%`;
      line.append(mark);
    }
    return line;
  }
}

function mostWords(counts: Uint32Array, scale: WeightsLook['counts']): string {
  const most = formatCount(Math.max(...counts));
  return scale === 'log' ? `up to ${most} a bin, logarithmic` : `up to ${most} a bin`;
}

function clampBin(position: number, bins: number): number {
  return Math.min(bins - 1, Math.max(0, Math.floor(position)));
}

/** A bin that holds anything is never drawn as if it were empty. */
const leastHeight = 0.015;

/** The height of each bar, from 0 to 1. On the logarithmic scale it is log(1 + count), so that one value still shows. */
export function barHeights({ counts }: Histogram, scale: WeightsLook['counts']): readonly number[] {
  const most = Math.max(...counts);
  return Array.from(counts, (count) => {
    if (count === 0) return 0;
    const height = scale === 'log' ? Math.log1p(count) / Math.log1p(most) : count / most;
    return Math.max(leastHeight, height);
  });
}

/** The bin that has zero in its middle, if there is one. */
export function zeroBin({ from, width, counts }: Histogram): number | undefined {
  if (width === 0) return from === 0 ? 0 : undefined;
  const bin = Math.round(-from / width - 0.5);
  return bin >= 0 && bin < counts.length ? bin : undefined;
}

/** `−0.0039 to 0.0039: 1,234 values, 3.5 %`. */
export function binWords({ from, width, counts }: Histogram, bin: number, all: number): string {
  const count = counts[bin] ?? 0;
  const held = `${formatCount(count)} ${count === 1 ? 'value' : 'values'}, ${formatShare(count, all)}`;
  if (width === 0) return `${formatValue(from)}: ${held}`;
  const [start, end] = [from + bin * width, from + (bin + 1) * width];
  return `${formatValue(start)} to ${formatValue(end)}: ${held}`;
}
