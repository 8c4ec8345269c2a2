import type { EvaluatedClass, EvaluationReport } from '../../protocol/evaluation';
import { shortLabel } from '../../protocol/pictureWords';
import { accuracyWords } from '../../protocol/evaluationWords';
import { button, element } from '../draw/element';
import { formatCount } from '../draw/numberFormat';
import { dirtyCheck } from '../draw/redraw';
import { replaceRows, rowButton, walkRows } from '../draw/rowWalk';
import { SortHeads, type SortColumn } from '../draw/sortHeads';
import { confusedPairs, firstOrder, namerOf, nextOrder } from './confusion';
import { sortedClasses, type ClassSort, type Pair } from './confusion';

/** More are shown when they are asked for. */
const firstRows = 12;

const columns: readonly SortColumn<ClassSort>[] = [
  { title: 'Class', sort: 'label' },
  { title: 'Pictures', sort: 'pictures', numeric: true },
  { title: 'Top-1', sort: 'top1', numeric: true },
  { title: 'Top-5', sort: 'top5', numeric: true },
];

/** The classes of the folder, the hardest first, each with what it is taken for most often. */
export class ClassTable {
  readonly element = element('div', { class: 'class-table' });
  private readonly heads: SortHeads<ClassSort>;
  private readonly body = element('tbody');
  private readonly all: HTMLButtonElement;
  private readonly changed = dirtyCheck();
  private report: EvaluationReport | undefined;
  private order = firstOrder;
  private showsAll = false;

  /** `pick` hears which class a person wants to see the mistakes of. */
  constructor(private readonly pick: (index: number) => void) {
    this.heads = new SortHeads(columns, (sort) => this.sort(sort));
    const last = element('th', { scope: 'col' }, 'Mostly taken for');
    const head = element('thead', {}, element('tr', {}, ...this.heads.elements, last));
    this.all = button('', () => this.toggleAll(), { kind: 'secondary small' });
    const table = element('table', { 'aria-label': 'Classes' }, head, this.body);
    walkRows(table);
    this.element.append(element('div', { class: 'evaluate-sideways' }, table), this.all);
  }

  update(report: EvaluationReport): void {
    this.report = report;
    if (this.changed(report, this.order, this.showsAll)) this.draw(report);
  }

  /** Gives the keyboard to the row of a class. */
  focus(index: number): void {
    rowButton(this.body, String(index))?.focus();
  }

  private sort(clicked: ClassSort): void {
    this.order = nextOrder(this.order, clicked);
    if (this.report) this.update(this.report);
  }

  private toggleAll(): void {
    this.showsAll = !this.showsAll;
    if (this.report) this.update(this.report);
  }

  private draw(report: EvaluationReport): void {
    this.heads.update(this.order);
    const classes = sortedClasses(report.classes, this.order);
    const worst = new Map<number, Pair>();
    for (const pair of confusedPairs(report))
      if (!worst.has(pair.truth)) worst.set(pair.truth, pair);
    const name = namerOf(report);
    const rows = (this.showsAll ? classes : classes.slice(0, firstRows)).map((each) => {
      const pair = worst.get(each.index);
      return this.row(each, pair ? `${name(pair.taken)} (${formatCount(pair.count)})` : '');
    });
    replaceRows(this.body, rows);
    this.all.hidden = classes.length <= firstRows;
    this.all.textContent = this.showsAll
      ? `Show ${firstRows} only`
      : `Show all ${formatCount(classes.length)} classes`;
  }

  private row(each: EvaluatedClass, worst: string): HTMLElement {
    const { index, label, synset, pictures, top1, top5 } = each;
    const open = button(shortLabel(label), () => this.pick(index), {
      kind: 'link',
      title: `The mistakes of ${label}${synset === '' ? '' : ` (${synset})`}`,
    });
    const share = pictures === 0 ? 0 : top1 / pictures;
    const bar = element('span', { class: 'class-bar', 'aria-hidden': 'true' });
    bar.style.setProperty('--share', `${100 * share}%`);
    return element(
      'tr',
      { 'data-row': index },
      element('th', { scope: 'row' }, open),
      element('td', { class: 'numeric' }, formatCount(pictures)),
      element('td', { class: 'numeric class-top1' }, bar, accuracyWords(top1, pictures)),
      element('td', { class: 'numeric' }, accuracyWords(top5, pictures)),
      element('td', {}, worst),
    );
  }
}
