import { button, element, svg } from '../draw/element';
import { formatValue } from '../draw/numberFormat';
import { dirtyCheck } from '../draw/redraw';
import { placeIn, stepThrough } from '../draw/stepper';
import type { Faithfulness } from '../../protocol/explanation';
import { curvePath, curvesOf, type Curves } from './curves';

const hint = 'Point at the curves, or use the arrow keys.';

/** Whether a map is to be believed: what is left of the target as the picture goes and comes back in the map's order. */
export class FaithfulnessChart {
  readonly element: HTMLElement;
  private readonly insertion = svg('path', { class: 'explain-insertion' });
  private readonly deletion = svg('path', { class: 'explain-deletion' });
  private readonly mark = svg('path', { class: 'explain-mark' });
  private readonly drawing: SVGSVGElement;
  private readonly high = element('span');
  private readonly low = element('span');
  private readonly reading = element('p', { class: 'quiet explain-reading' }, hint);
  private readonly key = element('p', { class: 'explain-curve-key' });
  private readonly resize: (count: number) => void;
  private readonly body: HTMLElement;
  private readonly measure: HTMLButtonElement;
  private readonly measuring = element('p', { class: 'quiet', role: 'status' });
  private readonly changed = dirtyCheck();
  private curves: Curves | undefined;

  constructor(measure: () => void) {
    const attributes = { viewBox: '0 0 1 1', preserveAspectRatio: 'none', class: 'explain-chart' };
    this.drawing = svg('svg', attributes, this.mark, this.insertion, this.deletion);
    this.resize = stepThrough(this.drawing, {
      label: 'Deletion and insertion, part of the picture changed',
      count: 1,
      at: (event) => this.nearest(placeIn(this.drawing, event).x),
      words: (at) => this.words(at),
      show: (at) => this.show(at),
    });
    this.measure = button('Measure', measure, {
      kind: 'secondary small',
      title: 'Takes the picture away in the order of the map, and puts it back',
    });
    this.body = element(
      'div',
      { class: 'explain-faithfulness-body' },
      this.key,
      element(
        'div',
        { class: 'explain-chart-box' },
        element(
          'div',
          { class: 'explain-heights quiet', 'aria-hidden': 'true' },
          this.high,
          this.low,
        ),
        this.drawing,
      ),
      element(
        'div',
        { class: 'explain-parts quiet', 'aria-hidden': 'true' },
        element('span', {}, 'nothing changed'),
        element('span', {}, 'all of the picture'),
      ),
      this.reading,
    );
    this.element = element(
      'div',
      { class: 'explain-faithfulness' },
      element('h3', {}, 'Is the map to be believed?'),
      this.measure,
      this.measuring,
      this.body,
    );
  }

  /** The curves, or a way to them. */
  update(
    faithfulness: Faithfulness | undefined,
    { isMeasuring, isReady }: { readonly isMeasuring: boolean; readonly isReady: boolean },
  ): void {
    this.body.hidden = faithfulness === undefined;
    this.measure.hidden = faithfulness !== undefined || isMeasuring;
    this.measure.disabled = !isReady;
    this.measuring.hidden = !isMeasuring;
    this.measuring.textContent = isMeasuring ? 'Measuring…' : '';
    if (!faithfulness || !this.changed(faithfulness)) return;
    const curves = curvesOf(faithfulness);
    this.curves = curves;
    const { areas, words, low, high } = curves;
    this.insertion.setAttribute('d', curvePath(curves.insertion, curves));
    this.deletion.setAttribute('d', curvePath(curves.deletion, curves));
    this.high.textContent = words(high);
    this.low.textContent = words(low);
    this.key.replaceChildren(
      line(
        'deletion',
        `deletion, area ${formatValue(areas.deletion)}: falls soon if the map is right`,
      ),
      line(
        'insertion',
        `insertion, area ${formatValue(areas.insertion)}: rises soon if the map is right`,
      ),
    );
    this.resize(curves.deletion.length);
  }

  private nearest(x: number): number | undefined {
    const count = this.curves?.deletion.length ?? 0;
    return count === 0 ? undefined : Math.round(Math.min(1, Math.max(0, x)) * (count - 1));
  }

  private show(at: number | undefined): void {
    const last = Math.max(1, (this.curves?.deletion.length ?? 0) - 1);
    this.mark.setAttribute('d', at === undefined ? '' : `M${at / last} 0V1`);
    this.reading.textContent = at === undefined ? hint : this.words(at);
  }

  private words(at: number): string {
    const { curves } = this;
    if (!curves) return '';
    const { deletion, insertion, words } = curves;
    const share = Math.round((100 * at) / Math.max(1, deletion.length - 1));
    return `${share} % of the picture: ${words(deletion[at] ?? NaN)} are left without it, ${words(insertion[at] ?? NaN)} come from it alone`;
  }
}

function line(kind: 'deletion' | 'insertion', words: string): HTMLElement {
  return element('span', { class: `explain-key-${kind}` }, words);
}
