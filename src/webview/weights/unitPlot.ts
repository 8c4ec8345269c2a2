import { element } from '../draw/element';
import { placeIn, stepThrough } from '../draw/stepper';
import { svg } from '../draw/svg';
import { formatCount, formatExact, formatValue } from '../draw/numberFormat';
import { unitPoints } from './unitPoints';

interface PlotOptions {
  readonly title: string;
  /** What one value belongs to: a channel, a filter, a unit. */
  readonly unit: string;
  /** Begins the scale at 0: for sizes. */
  readonly fromZero?: boolean;
}

/** Dots grow together where there are more than this. */
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
    svg('path', { class: values.length > manyDots ? 'dots small' : 'dots', d: dots }),
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
