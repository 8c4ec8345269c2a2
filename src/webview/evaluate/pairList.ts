import type { EvaluationReport } from '../../protocol/evaluation';
import { button, element } from '../draw/element';
import { formatCount, formatShare } from '../draw/numberFormat';
import { dirtyCheck } from '../draw/redraw';
import { replaceRows, rowButton, walkRows } from '../draw/rowWalk';
import { confusedPairs, namerOf } from './confusion';
import type { Picked } from './picked';

/** More than a person reads. */
const mostPairs = 50;

/** The pairs of classes that are confused most often, as a table. */
export class PairList {
  readonly element = element('div', { class: 'evaluate-sideways' });
  private readonly body = element('tbody');
  private readonly words = element('caption');
  private readonly changed = dirtyCheck();
  /** The row that was picked last. */
  private picked: string | undefined;

  constructor(private readonly pick: (picked: Picked) => void) {
    const heads = ['True class', 'Taken for', 'Pictures', 'Share of the class'].map((title, at) =>
      element('th', { scope: 'col', class: at > 1 && 'numeric' }, title),
    );
    const head = element('thead', {}, element('tr', {}, ...heads));
    const table = element('table', {}, this.words, head, this.body);
    walkRows(table);
    this.element.append(table);
  }

  update(report: EvaluationReport): void {
    if (!this.changed(report)) return;
    const name = namerOf(report);
    const pairs = confusedPairs(report);
    const shown = pairs.slice(0, mostPairs);
    const rest = pairs.length - shown.length;
    this.words.textContent =
      rest > 0
        ? `The ${formatCount(mostPairs)} most frequent of ${formatCount(pairs.length)} pairs`
        : 'All pairs';
    const rows = shown.map(({ truth, taken, count, of }) => {
      const words = `${name(truth)} taken for ${name(taken)}`;
      const row = `${truth} ${taken}`;
      const picked = { question: { truth, taken }, words };
      const open = button(name(truth), () => this.open(picked, row), {
        kind: 'link',
        'aria-label': words,
      });
      return element(
        'tr',
        { 'data-row': row },
        element('th', { scope: 'row' }, open),
        element('td', {}, name(taken)),
        element('td', { class: 'numeric' }, formatCount(count)),
        element('td', { class: 'numeric' }, formatShare(count, of)),
      );
    });
    replaceRows(this.body, rows);
  }

  /** Back to the pair that was picked last. */
  focus(): void {
    rowButton(this.body, this.picked)?.focus();
  }

  private open(picked: Picked, row: string): void {
    this.picked = row;
    this.pick(picked);
  }
}
