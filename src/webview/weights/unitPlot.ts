import { element, svg } from '../draw/element';
import { formatCount, formatExact, formatValue } from '../draw/numberFormat';
import { placeIn, stepThrough } from '../draw/stepper';

interface PlotOptions {
  readonly title: string;
  /** What one value belongs to: a channel, a filter, a unit. */
  readonly unit: string;
  /** Begins the scale at 0: for sizes. */
  readonly fromZero?: boolean;
}

/** With more dots than this they are drawn smaller, since they would touch. */
const manyDots = 600;

/** A small plot of one value a unit. */
export function unitPlot(values: Float32Array, options: PlotOptions): HTMLElement {
  const { title, unit, fromZero = false } = options;
  const { low, high, heights, zero } = unitPoints(values, fromZero);
  const dots = heights.map((y, i) => (y === undefined ? '' : `M${i + 0.5} ${y}h0`)).join('');
  const broken = heights.map((y, i) => (y === undefined ? `M${i + 0.5} 0V1` : '')).join('');
  const mark = svg('path', { class: 'mark' });
  const drawing = svg(
    'svg',
    { viewBox: `0 -0.06 ${values.length} 1.12`, preserveAspectRatio: 'none' },
    ...(zero === undefined
      ? []
      : [svg('path', { class: 'zero-line', d: `M0 ${zero}H${values.length}` })]),
    svg('path', { class: 'broken', d: broken }),
    mark,
    svg('path', { class: values.length > manyDots ? 'dots many' : 'dots', d: dots }),
  );
  const words = (index: number): string => `${unit} ${index}: ${formatExact(values[index] ?? NaN)}`;
  const range = `${formatCount(values.length)} ${unit}s`;
  const reading = element('span', {}, range);
  stepThrough(drawing, {
    label: `${title}, ${unit}`,
    count: values.length,
    at: (event) =>
      Math.min(
        values.length - 1,
        Math.max(0, Math.floor(placeIn(drawing, event).x * values.length)),
      ),
    words,
    show: (index) => {
      reading.textContent = index === undefined ? range : words(index);
      mark.setAttribute('d', index === undefined ? '' : `M${index + 0.5} -0.06V1.06`);
    },
  });
  const ends = high > low ? [high, low] : [high];
  return element(
    'div',
    { class: 'unit-plot' },
    element('div', { class: 'plot-head' }, element('span', {}, title), reading),
    element(
      'div',
      { class: 'plot-scale' },
      ...ends.filter(Number.isFinite).map((end) => element('span', {}, formatValue(end))),
    ),
    drawing,
  );
}

/** Dots over units: where each stands, and the numbers at the ends of the scale. */
interface UnitPoints {
  readonly low: number;
  readonly high: number;
  /** From 0 at the top to 1 at the bottom; undefined for what is not finite. */
  readonly heights: readonly (number | undefined)[];
  /** Where zero is, if it is on the scale. */
  readonly zero: number | undefined;
}

/** Places values on a scale from the smallest to the largest; `fromZero` begins it at 0. */
export function unitPoints(values: Float32Array, fromZero: boolean): UnitPoints {
  let low = fromZero ? 0 : Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const place = (value: number): number => (high > low ? (high - value) / (high - low) : 0.5);
  const heights = Array.from(values, (value) =>
    Number.isFinite(value) ? place(value) : undefined,
  );
  return { low, high, heights, zero: low <= 0 && high >= 0 ? place(0) : undefined };
}
