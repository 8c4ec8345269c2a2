import type { Histogram, TensorSummary } from '../../protocol/weightSummary';
import { element, svg } from '../draw/element';
import { formatCount, formatShare, formatValue } from '../draw/numberFormat';
import { placeIn, stepThrough } from '../draw/stepper';
import type { WeightsLook } from '../state/viewState';

/** Share of a bar's place that stays free beside it. */
const gap = 0.12;

/** Nearer to an end of the axis than this share, the label 0 would overlap the end's number. */
const zeroLabelFrom = 0.2;

const hint = 'Point at a bar, or use the arrow keys.';

/** A tensor's histogram, bin by bin readable; the bin around zero stands out. */
export class HistogramView {
  readonly element: HTMLElement;
  private readonly bars: readonly SVGRectElement[];
  private readonly most = element('span', { class: 'most quiet' });

  constructor(
    tensor: TensorSummary,
    private readonly histogram: Histogram,
  ) {
    const zero = zeroBin(histogram);
    this.bars = Array.from(histogram.counts, (_, bin) =>
      svg('rect', { class: bin === zero ? 'bar zero' : 'bar', x: bin + gap / 2, width: 1 - gap }),
    );
    const reading = element('p', { class: 'reading quiet' }, hint);
    const drawing = readableBars(this.bars, reading, {
      label: `Histogram of ${tensor.name}, bin`,
      words: (bin) => binWords(histogram, bin, tensor.count),
    });
    this.element = element(
      'div',
      { class: 'histogram-box' },
      this.most,
      drawing,
      axis(histogram, zero !== undefined),
      reading,
    );
  }

  update(scale: WeightsLook['counts']): void {
    this.most.textContent = mostWords(this.histogram.counts, scale);
    barHeights(this.histogram, scale).forEach((height, bin) => {
      this.bars[bin]?.setAttribute('y', String(1 - height));
      this.bars[bin]?.setAttribute('height', String(height));
    });
  }
}

/** The bars as a drawing that says in `reading` which of them is pointed at. */
function readableBars(
  bars: readonly SVGRectElement[],
  reading: HTMLElement,
  { label, words }: { readonly label: string; readonly words: (bin: number) => string },
): SVGSVGElement {
  const count = bars.length;
  const picked = svg('rect', { class: 'picked', y: 0, width: 0, height: 1 });
  const drawing = svg(
    'svg',
    { class: 'histogram', viewBox: `0 0 ${count} 1`, preserveAspectRatio: 'none' },
    picked,
    ...bars,
  );
  stepThrough(drawing, {
    label,
    count,
    at: (event) => clampBin(placeIn(drawing, event).x * count, count),
    words,
    show: (bin) => {
      reading.textContent = bin === undefined ? hint : words(bin);
      reading.classList.toggle('quiet', bin === undefined);
      picked.setAttribute('x', String(bin ?? 0));
      picked.setAttribute('width', bin === undefined ? '0' : '1');
    },
  });
  return drawing;
}

function axis({ from, width, counts }: Histogram, hasZero: boolean): HTMLElement {
  const ends = [from, from + width * counts.length].map((value) =>
    element('span', {}, formatValue(value)),
  );
  const line = element('div', { class: 'axis' }, ...ends);
  const share = (hasZero ? -from / width : -1) / counts.length;
  if (share > zeroLabelFrom && share < 1 - zeroLabelFrom) {
    const mark = element('span', { class: 'zero-mark' }, '0');
    mark.style.left = `${share * 100}%`;
    line.append(mark);
  }
  return line;
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

/** The height of each bar, from 0 to 1; on the logarithmic scale log(1 + count), so that a count of 1 is visible. */
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
