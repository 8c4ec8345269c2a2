import { tableColumns, type Column } from '../../network/tableColumns';
import { tableText, type TableFormat } from '../../network/tableText';
import type { Actions } from '../state/actions';
import { button, element } from '../draw/element';
import { scrollFrame } from '../draw/moreEdges';
import { dirtyCheck } from '../draw/redraw';
import { rowButton, walkRows } from '../draw/rowWalk';
import { explained } from '../draw/term';
import { timesOf, type Model } from '../state/model';

/** All layers as a real table: for screen readers, for reading, for copying. */
export class LayerTable {
  readonly element = element('div', { class: 'table-pane', hidden: true });
  private readonly scroller = element('div', {
    class: 'table-scroll',
    role: 'region',
    'aria-label': 'All layers',
    tabindex: 0,
  });
  private readonly changed = dirtyCheck();
  private model: Model | undefined;

  constructor(private readonly actions: Actions) {
    walkRows(this.scroller);
    const copy = (label: string, format: TableFormat): HTMLButtonElement =>
      button(label, () => this.copy(format), { kind: 'secondary small' });
    this.element.append(
      element(
        'div',
        { class: 'table-tools' },
        copy('Copy as TSV', 'tsv'),
        copy('Copy as Markdown', 'markdown'),
      ),
      scrollFrame(this.scroller),
    );
  }

  /** `filter` leaves only some layers; undefined shows all. */
  update(model: Model, filter: readonly string[] | undefined): void {
    this.model = model;
    this.element.hidden = model.view.view !== 'table';
    if (this.element.hidden) return;
    if (this.changed(model.shown, model.run, filter?.join(' '))) this.draw(model, filter);
    for (const row of this.scroller.querySelectorAll<HTMLElement>('tbody tr')) {
      row.classList.toggle('selected', row.dataset['row'] === model.view.selected);
    }
  }

  focus(layer?: string): void {
    (rowButton(this.scroller, layer) ?? this.scroller).focus();
  }

  private copy(format: TableFormat): void {
    if (!this.model) return;
    const { shown, run } = this.model;
    this.actions.tell('copyText', { text: tableText(shown.summary, timesOf(run), format) });
  }

  private draw({ shown, run }: Model, filter: readonly string[] | undefined): void {
    const times = timesOf(run);
    const columns = tableColumns(times);
    const { summary, unresolved, document } = shown;
    const isWanted = ({ name }: { readonly name: string }): boolean =>
      filter?.includes(name) ?? true;
    const rows = summary.layers
      .filter(isWanted)
      .map((layer) => this.row(layer.name, columns, (column) => column.cell(layer, times)));
    const shapeless = unresolved.filter(isWanted).map((layer) => {
      const texts = [layer.name, layer.title, '?', '?'];
      return this.row(layer.name, columns, (_, index) => texts[index] ?? '');
    });
    const heads = columns.map(({ title, numeric }) =>
      element('th', { scope: 'col', class: numeric && 'numeric' }, explained(title)),
    );
    const totals = columns.map(({ total, numeric }, index) => {
      const text = total?.(summary, times) ?? '';
      return index === 0
        ? element('th', { scope: 'row' }, text)
        : element('td', { class: numeric && 'numeric' }, text);
    });
    this.scroller.replaceChildren(
      element(
        'table',
        {},
        element('caption', {}, element('span', {}, `Layers of ${document.title}`)),
        element('thead', {}, element('tr', {}, ...heads)),
        element('tbody', {}, ...rows, ...shapeless),
        element('tfoot', {}, element('tr', {}, ...totals)),
      ),
    );
  }

  private row(
    name: string,
    columns: readonly Column[],
    textOf: (column: Column, index: number) => string,
  ): HTMLElement {
    const cells = columns.map((column, index) => {
      const text = textOf(column, index);
      if (index > 0) return element('td', { class: column.numeric && 'numeric' }, text);
      const open = button(text, () => this.actions.select(name, { focus: true }), {
        kind: 'link',
      });
      return element('th', { scope: 'row' }, open);
    });
    const row = element('tr', { 'data-row': name }, ...cells);
    row.addEventListener('click', ({ target }) => {
      // A click that ends a text selection is not a choice; the name's button answers for itself.
      const selecting = getSelection()?.type === 'Range';
      if (selecting || (target instanceof Element && target.closest('button'))) return;
      this.actions.select(name);
    });
    return row;
  }
}
