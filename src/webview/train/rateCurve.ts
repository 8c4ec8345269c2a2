import { rateAt } from '../../protocol/learningRate';
import type { Schedule } from '../../protocol/training';
import { element, svg } from '../draw/element';
import { formatValue } from '../draw/numberFormat';
import { dirtyCheck } from '../draw/redraw';

/** Points of a curve; more than a person sees. */
const points = 120;

/** Rates from the first step to the last, evenly. */
export function ratesOf(schedule: Schedule, epochs: number): readonly number[] {
  // As if an epoch had so many steps that every point is one of its own.
  const perEpoch = Math.ceil(points / epochs);
  const steps = perEpoch * epochs;
  return Array.from({ length: points }, (_, at) => {
    const step = Math.round((at * (steps - 1)) / (points - 1));
    return rateAt(schedule, { step, steps, epoch: Math.floor(step / perEpoch) });
  });
}

/** How the learning rate goes over the steps, small. */
export class RateCurve {
  readonly element: HTMLElement;
  private readonly line = svg('path', { class: 'rate-line' });
  private readonly most = element('span');
  private readonly last = element('span');
  private readonly drawing: SVGSVGElement;
  private readonly changed = dirtyCheck();

  constructor() {
    const attributes = { viewBox: '0 -0.04 1 1.08', preserveAspectRatio: 'none', role: 'img' };
    this.drawing = svg('svg', attributes, this.line);
    this.element = element(
      'div',
      { class: 'rate-curve' },
      element('div', { class: 'rate-scale quiet' }, this.most, element('span', {}, '0')),
      this.drawing,
      element('div', { class: 'rate-steps quiet' }, element('span', {}, 'first step'), this.last),
    );
  }

  update(schedule: Schedule, epochs: number): void {
    if (!this.changed(JSON.stringify(schedule), epochs)) return;
    const rates = ratesOf(schedule, epochs);
    const most = Math.max(...rates);
    const d = rates.map((rate, at) => {
      const [x, y] = [at / (rates.length - 1), 1 - rate / most];
      return `${at === 0 ? 'M' : 'L'}${x.toFixed(4)} ${y.toFixed(4)}`;
    });
    this.line.setAttribute('d', d.join(''));
    this.most.textContent = formatValue(most);
    this.last.textContent = epochs === 1 ? 'last of 1 epoch' : `last of ${epochs} epochs`;
    const [first = 0, end = 0] = [rates[0], rates.at(-1)];
    this.drawing.setAttribute(
      'aria-label',
      `Learning rate over the steps: from ${formatValue(first)}, at most ${formatValue(most)}, to ${formatValue(end)}`,
    );
  }
}
