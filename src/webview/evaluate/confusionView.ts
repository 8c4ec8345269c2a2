import { select } from 'd3-selection';
import type { EvaluatedClass, EvaluationReport } from '../../protocol/evaluation';
import { shortLabel } from '../../protocol/pictureWords';
import { Choice } from '../draw/choice';
import { element } from '../draw/element';
import { cellAfterKey } from '../draw/gridKeys';
import { formatCount, formatShare } from '../draw/numberFormat';
import { Readout } from '../draw/readout';
import { dirtyCheck } from '../draw/redraw';
import { matrixOf, type Matrix, type MatrixColumn } from './confusion';
import { PairList } from './pairList';
import type { Picked } from './picked';

/** More cells than these cannot be read. */
const mostClasses = 24;

interface CellData {
  readonly row: EvaluatedClass;
  readonly column: MatrixColumn;
  readonly count: number;
  readonly at: { readonly row: number; readonly column: number };
}

/** What classes were taken for, as a matrix that is walked by keys and picked from, or as a list of pairs. */
export class ConfusionView {
  readonly element = element('div', { class: 'confusion' });
  private readonly choice: Choice<'matrix' | 'list'>;
  private readonly words = element('p', { class: 'quiet' });
  private readonly table = element('table', { role: 'grid', 'aria-label': 'Confusion matrix' });
  private readonly matrix = element('div', { class: 'evaluate-sideways' }, this.table);
  private readonly readout = new Readout('readout');
  private readonly list: PairList;
  private readonly changed = dirtyCheck();
  private shows: 'matrix' | 'list' = 'matrix';
  private report: EvaluationReport | undefined;
  private drawn: Matrix = { rows: [], columns: [], counts: [] };
  private at = { row: 0, column: 0 };

  /** `pick` hears which pictures a person wants to see. */
  constructor(private readonly pick: (picked: Picked) => void) {
    this.list = new PairList(pick);
    const shapes = { matrix: 'Matrix', list: 'List' };
    this.choice = new Choice('Show as', shapes, (shape) => this.show(shape));
    this.element.append(this.choice.element, this.words, this.matrix, this.readout.element);
    this.element.append(this.list.element);
    this.table.addEventListener('keydown', (event) => this.key(event));
    this.table.addEventListener('click', ({ target }) => this.click(target));
    this.table.addEventListener('focusin', ({ target }) => this.look(target, true));
    this.table.addEventListener('pointerover', ({ target }) => this.look(target, false));
    this.table.addEventListener('pointerleave', () => this.readout.show('', { aloud: false }));
  }

  update(report: EvaluationReport): void {
    this.report = report;
    this.choice.update(this.shows);
    const isMatrix = this.shows === 'matrix';
    for (const each of [this.matrix, this.words, this.readout.element]) each.hidden = !isMatrix;
    this.list.element.hidden = isMatrix;
    if (!isMatrix) this.list.update(report);
    else if (this.changed(report)) this.draw(report);
  }

  /** Back to the cell or pair that was picked last. */
  focus(): void {
    if (this.shows === 'list') this.list.focus();
    else this.stand(this.at, true);
  }

  private show(shape: 'matrix' | 'list'): void {
    this.shows = shape;
    if (this.report) this.update(this.report);
  }

  private draw(report: EvaluationReport): void {
    const held = this.table.contains(document.activeElement);
    this.drawn = matrixOf(report, mostClasses);
    const { rows, columns, counts } = this.drawn;
    const all = report.classes.length;
    const some = `The ${formatCount(rows.length)} of ${formatCount(all)} classes that are confused most. `;
    this.words.textContent = `${rows.length < all ? some : ''}A row for each true class, a column for what it was taken for.`;
    const corner = element('td', { class: 'confusion-corner' });
    const heads = columns.map((column) =>
      element('th', { scope: 'col', title: nameOf(column) }, element('span', {}, nameOf(column))),
    );
    const body = element('tbody');
    select(body)
      .selectAll('tr')
      .data(rows)
      .join('tr')
      .each(function (row, at) {
        const cells = columns.map((column, place): CellData => {
          const count = counts[at]?.[place] ?? 0;
          return { row, column, count, at: { row: at, column: place } };
        });
        const head = element('th', { scope: 'row', title: row.label }, shortLabel(row.label));
        (this as Element).append(head);
        select(this as Element)
          .selectAll('td')
          .data(cells)
          .join('td')
          .each(drawCell);
      });
    this.table.replaceChildren(element('thead', {}, element('tr', {}, corner, ...heads)), body);
    this.stand(this.at, held);
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.click(event.target);
      return;
    }
    const { rows, columns } = this.drawn;
    const next = cellAfterKey(event.key, this.at, { rows: rows.length, columns: columns.length });
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    this.stand(next, true);
  }

  private click(target: EventTarget | null): void {
    const cell = dataOf(target);
    if (!cell) return;
    this.stand(cell.at, false);
    const { row, column } = cell;
    const besides = this.drawn.rows.map(({ index }) => index);
    this.pick({
      question: { truth: row.index, ...(column ? { taken: column.index } : { besides }) },
      words: `${shortLabel(row.label)} taken for ${nameOf(column)}`,
    });
  }

  /** One cell is on the way of the Tab key. */
  private stand(
    { row, column }: { readonly row: number; readonly column: number },
    focus: boolean,
  ) {
    const { rows, columns } = this.drawn;
    this.at = {
      row: Math.max(0, Math.min(row, rows.length - 1)),
      column: Math.max(0, Math.min(column, columns.length - 1)),
    };
    for (const cell of this.table.querySelectorAll('tbody td[tabindex="0"]')) {
      cell.setAttribute('tabindex', '-1');
    }
    const cell = this.table.tBodies[0]?.rows[this.at.row]?.querySelectorAll('td')[this.at.column];
    cell?.setAttribute('tabindex', '0');
    if (focus) cell?.focus();
  }

  private look(target: EventTarget | null, aloud: boolean): void {
    const cell = dataOf(target);
    // What has the keyboard says itself what it is.
    if (cell) this.readout.show(cellWords(cell), { aloud: false });
    if (cell && aloud) this.at = cell.at;
  }
}

function drawCell(this: unknown, cell: CellData): void {
  if (!(this instanceof HTMLElement)) return;
  const { row, column, count } = cell;
  this.textContent = count > 0 ? formatCount(count) : '';
  this.setAttribute('tabindex', '-1');
  this.setAttribute('aria-label', cellWords(cell));
  this.classList.toggle('confusion-right', row === column);
  // Small shares are the interesting ones.
  const share = row.pictures === 0 ? 0 : Math.sqrt(count / row.pictures);
  this.style.setProperty('--share', `${Math.round(40 * share)}%`);
}

function dataOf(target: EventTarget | null): CellData | undefined {
  const cell = target instanceof Element ? target.closest('tbody td') : null;
  return cell ? select<Element, CellData>(cell).datum() : undefined;
}

function nameOf(column: MatrixColumn): string {
  return column ? shortLabel(column.label) : 'any other';
}

/** `church taken for castle: 3 of 50 pictures, 6.0 %`. */
function cellWords({ row, column, count }: CellData): string {
  const of = `${formatCount(count)} of ${formatCount(row.pictures)} pictures`;
  return `${shortLabel(row.label)} taken for ${nameOf(column)}: ${of}, ${formatShare(count, row.pictures)}`;
}
