import { select } from 'd3-selection';
import type { CurvePoint, EpochResult } from '../../protocol/training';
import { element, svg } from '../draw/element';
import { formatCount, formatValue } from '../draw/numberFormat';
import { dirtyCheck } from '../draw/redraw';
import { placeIn, stepThrough } from '../draw/stepper';
import { type ChartPoint, dotsPath, linePath, nearest, niceTop, type Tick } from './curveGeometry';
import { ticksTo } from './curveGeometry';

/** What a chart says of a training's points. */
interface ChartOptions {
  readonly title: string;
  readonly unit: string;
  readonly of: (result: Pick<EpochResult, 'loss' | 'accuracy'>) => number;
  /** A value in words. */
  readonly words: (value: number) => string;
  /** The same at the axis, where numbers are round. */
  readonly axis: (value: number) => string;
  /** The top of the scale; found from the values where there is none. */
  readonly top?: number;
}

/** A training's points so far and its plan. */
export interface Curve {
  readonly points: readonly CurvePoint[];
  readonly history: readonly EpochResult[];
  readonly steps: number;
  readonly stepsPerEpoch: number;
  readonly epochs: number;
}

const hint = 'Point at the curve, or use the arrow keys.';
const [mostEpochTicks, mostValueTicks] = [8, 4];

/** One figure over the steps: a line of what the network learns from, a dot for the held-out pictures of each epoch. */
export class CurveChart {
  readonly element: HTMLElement;
  private readonly grid = svg('path', { class: 'chart-grid' });
  private readonly line = svg('path', { class: 'chart-line' });
  private readonly dots = svg('path', { class: 'chart-dots' });
  private readonly mark = svg('path', { class: 'chart-mark' });
  private readonly drawing: SVGSVGElement;
  private readonly values = element('div', { class: 'chart-values quiet', 'aria-hidden': 'true' });
  private readonly epochs = element('div', { class: 'chart-epochs quiet', 'aria-hidden': 'true' });
  private readonly reading = element('p', { class: 'chart-reading quiet' }, hint);
  private readonly resize: (count: number) => void;
  private readonly changed = dirtyCheck();
  private curve: Curve = {
    ...{ points: [], history: [] },
    ...{ steps: 0, stepsPerEpoch: 0, epochs: 0 },
  };
  private places: readonly ChartPoint[] = [];

  constructor(private readonly options: ChartOptions) {
    const { title, unit } = options;
    const attributes = { viewBox: '0 0 1 1', preserveAspectRatio: 'none', class: 'chart-plot' };
    this.drawing = svg('svg', attributes, this.grid, this.mark, this.line, this.dots);
    this.resize = stepThrough(this.drawing, {
      label: `${title}, step`,
      count: 1,
      at: (event) => nearest(this.places, placeIn(this.drawing, event).x),
      words: (at) => this.words(at),
      show: (at) => this.show(at),
    });
    const keys = element(
      'span',
      { class: 'chart-keys quiet' },
      element('span', { class: 'chart-key' }, 'training'),
      element('span', { class: 'chart-key held' }, 'held out'),
    );
    const name = element('h3', {}, title, element('span', { class: 'quiet' }, ` ${unit}`));
    this.element = element(
      'div',
      { class: 'chart' },
      element('div', { class: 'chart-head' }, name, keys),
      this.values,
      this.drawing,
      this.epochs,
      this.reading,
    );
  }

  update(curve: Curve): void {
    const { points, history, steps, stepsPerEpoch, epochs } = curve;
    if (!this.changed(points, history, steps, stepsPerEpoch, epochs)) return;
    this.curve = curve;
    const { of, axis } = this.options;
    const end = Math.max(1, steps);
    this.places = points.map((point) => ({ x: point.step / end, y: of(point) }));
    const held = history.flatMap(({ heldOut }, epoch) =>
      heldOut ? [{ x: ((epoch + 1) * stepsPerEpoch) / end, y: of(heldOut) }] : [],
    );
    const top = this.options.top ?? niceTop([...this.places, ...held].map(({ y }) => y));
    const heights = ticksTo(top, mostValueTicks);
    const across = ticksTo(epochs, mostEpochTicks, { whole: true });
    this.line.setAttribute('d', linePath(this.places, top));
    this.dots.setAttribute('d', dotsPath(held, top));
    this.grid.setAttribute('d', heights.map(({ place }) => `M0 ${1 - place}H1`).join(''));
    ticks(this.values, heights, { words: axis, along: 'bottom' });
    ticks(this.epochs, across, { words: (epoch) => formatCount(epoch), along: 'left' });
    this.resize(points.length);
  }

  private show(at: number | undefined): void {
    const place = at === undefined ? undefined : this.places[at];
    this.mark.setAttribute('d', place ? `M${place.x} 0V1` : '');
    this.reading.textContent = at === undefined ? hint : this.words(at);
    this.reading.classList.toggle('quiet', at === undefined);
  }

  private words(at: number): string {
    return pointWords(this.curve, at, this.options);
  }
}

/** `Epoch 2, step 34: 0.432, at rate 0.01; held out after epoch 1: 0.51`. */
export function pointWords(
  { points, history, stepsPerEpoch }: Pick<Curve, 'points' | 'history' | 'stepsPerEpoch'>,
  at: number,
  { of, words }: Pick<ChartOptions, 'of' | 'words'>,
): string {
  const point = points[at];
  if (!point) return 'No step yet';
  const epoch = Math.max(1, Math.ceil(point.step / Math.max(1, stepsPerEpoch)));
  const ended = stepsPerEpoch > 0 ? Math.floor(point.step / stepsPerEpoch) : 0;
  const heldOut = history[ended - 1]?.heldOut;
  const held = heldOut ? `; held out after epoch ${formatCount(ended)}: ${words(of(heldOut))}` : '';
  const where = `Epoch ${formatCount(epoch)}, step ${formatCount(point.step)}`;
  return `${where}: ${words(of(point))}, at rate ${formatValue(point.rate)}${held}`;
}

/** Numbers along an axis, each where it stands. */
function ticks(
  axis: HTMLElement,
  all: readonly Tick[],
  {
    words,
    along,
  }: { readonly words: (value: number) => string; readonly along: 'left' | 'bottom' },
): void {
  select(axis)
    .selectAll('span')
    .data(all)
    .join('span')
    .text(({ value }) => words(value))
    .style(along, ({ place }) => `${100 * place}%`);
}
