import type { PictureStrip, StripItem } from '../../protocol/pictureStrip';
import { button, element } from '../draw/element';
import { itemAfterKey } from '../draw/gridKeys';
import { nearView } from '../draw/nearView';
import { clamp } from '../draw/rect';
import { dirtyCheck } from '../draw/redraw';
import { SortHeads, type SortColumn } from '../draw/sortHeads';
import type { Actions } from '../state/actions';
import type { Model } from '../state/model';
import { firstResultsLook, type ResultSort } from '../state/resultsLook';
import { ResultRow, rowId } from './resultRow';
import { commonFolder, nextSort, resultRows } from './resultRows';
import { ResultsTools } from './resultsTools';

/** Of a row, in pixels; the style sheet has the same. */
const rowHeight = 40;

const columns: readonly SortColumn<ResultSort>[] = [
  { title: 'Picture', sort: 'name' },
  { title: 'Label', sort: 'label' },
  { title: 'Probability', sort: 'probability', numeric: true },
  { title: 'Status', sort: 'status' },
];

/** What each of several pictures was taken for, as a table, of which only the rows near view are drawn. */
export class ResultsView {
  readonly element = element('section', {
    class: 'results-pane',
    'aria-label': 'Results',
    hidden: true,
  });
  private readonly tools: ResultsTools;
  private readonly heads: SortHeads<ResultSort>;
  private readonly body = element('tbody');
  private readonly above = element('tr', { class: 'results-gap', 'aria-hidden': 'true' });
  private readonly below = element('tr', { class: 'results-gap', 'aria-hidden': 'true' });
  private readonly table: HTMLTableElement;
  private readonly scroller: HTMLElement;
  private readonly none: HTMLElement;
  private readonly drawn = new Map<number, ResultRow>();
  private readonly rowsChanged = dirtyCheck();
  private readonly currentChanged = dirtyCheck();
  private readonly drawnChanged = dirtyCheck();
  private rows: readonly StripItem[] = [];
  /** All pictures lie in it. */
  private folder = '';
  private model: Model | undefined;
  /** Where the keyboard is in the table. */
  private active: number | undefined;

  constructor(private readonly actions: Actions) {
    this.tools = new ResultsTools(actions);
    this.heads = new SortHeads(columns, (sort) => this.sortBy(sort));
    this.table = element(
      'table',
      { role: 'grid', tabindex: 0, 'aria-label': 'Pictures and their labels' },
      element('thead', {}, element('tr', { 'aria-rowindex': 1 }, ...this.heads.elements)),
      this.body,
    );
    this.none = element(
      'p',
      { class: 'results-none', hidden: true },
      'No picture fits the filter. ',
      button('Show all', () => this.showAll(), { kind: 'link' }),
    );
    this.scroller = element('div', { class: 'results-scroll' }, this.table, this.none);
    this.element.append(this.tools.element, this.scroller);
    this.table.addEventListener('keydown', (event) => this.key(event));
    this.body.addEventListener('click', ({ target }) => this.click(target));
    this.scroller.addEventListener('scroll', () => this.draw());
    new ResizeObserver(() => requestAnimationFrame(() => this.draw())).observe(this.scroller);
  }

  update(model: Model): void {
    const { state, view } = model;
    const { pictures } = state;
    this.model = model;
    this.element.hidden = view.view !== 'results';
    if (this.element.hidden || !pictures) return;
    const { items, current } = pictures;
    const isOther = this.rowsChanged(items, view.results);
    if (isOther) {
      this.rows = resultRows(items, view.results);
      this.folder = commonFolder(items);
    }
    const working = state.work !== undefined;
    this.tools.update({ pictures, look: view.results, rows: this.rows, working });
    this.heads.update(view.results);
    this.table.setAttribute('aria-rowcount', String(this.rows.length + 1));
    this.none.hidden = this.rows.length > 0;
    if (this.currentChanged(current, view.results)) {
      this.active = current;
      this.reveal(this.rows.findIndex(({ id }) => id === current));
    }
    this.draw();
  }

  focus(): void {
    this.table.focus();
  }

  private sortBy(clicked: ResultSort): void {
    const { results } = this.model?.view ?? { results: firstResultsLook };
    this.actions.look({ results: nextSort(results, clicked) });
  }

  /** Why a picture was taken for what it is most probable to be. */
  private explain(id: number): void {
    this.actions.tell('showPicture', { id });
    this.actions.explainClass(undefined);
  }

  private showAll(): void {
    this.actions.look({ results: { text: '', failedOnly: false, label: undefined } });
    this.table.focus();
  }

  private draw(): void {
    const { model, rows } = this;
    const pictures = model?.state.pictures;
    const { scrollTop, clientHeight } = this.scroller;
    if (!model || !pictures || clientHeight === 0) return;
    const sight = { scroll: scrollTop, size: clientHeight };
    const things = { count: rows.length, pitch: rowHeight, spare: 6 };
    const { first, end } = nearView(sight, things);
    const near = rows.slice(first, end);
    const kept = new Set(near.map(({ id }) => id));
    for (const id of this.drawn.keys()) if (!kept.has(id)) this.drawn.delete(id);
    const elements = near.map((item, at) => this.drawOne(model, pictures, item, first + at));
    if (this.drawnChanged(first, rows.length, ...elements)) {
      this.above.style.height = `${first * rowHeight}px`;
      this.below.style.height = `${(rows.length - end) * rowHeight}px`;
      this.body.replaceChildren(this.above, ...elements, this.below);
    }
    if (this.active !== undefined && kept.has(this.active))
      this.table.setAttribute('aria-activedescendant', rowId(this.active));
    else this.table.removeAttribute('aria-activedescendant');
  }

  private drawOne(
    { data }: Model,
    { current }: PictureStrip,
    item: StripItem,
    index: number,
  ): HTMLElement {
    const { id } = item;
    const row = this.drawn.get(id) ?? new ResultRow(id, () => this.explain(id));
    this.drawn.set(id, row);
    row.update({
      item,
      folder: this.folder,
      index,
      current: id === current,
      active: id === this.active,
      thumbnail: data.thumbnail(item),
    });
    return row.element;
  }

  private key(event: KeyboardEvent): void {
    const { key, target } = event;
    if (target !== this.table || event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === 'Enter' || key === ' ') {
      event.preventDefault();
      if (this.active !== undefined) this.actions.tell('showPicture', { id: this.active });
      return;
    }
    const at = this.rows.findIndex(({ id }) => id === this.active);
    const active = this.rows[at];
    if (key === 'w' && active?.result) {
      event.preventDefault();
      event.stopPropagation();
      this.explain(active.id);
      return;
    }
    const to = this.rowAfterKey(key, at);
    const row = to === undefined ? undefined : this.rows[to];
    if (to === undefined || !row) return;
    event.preventDefault();
    event.stopPropagation();
    this.active = row.id;
    this.reveal(to);
    this.draw();
  }

  private rowAfterKey(key: string, at: number): number | undefined {
    const count = this.rows.length;
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / rowHeight) - 2);
    if (key === 'PageDown') return clamp(at + page, 0, count - 1);
    if (key === 'PageUp') return clamp(at - page, 0, count - 1);
    return itemAfterKey(key, at, { count, columns: 1 });
  }

  private click(target: EventTarget | null): void {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-id]') : null;
    // A click that ends a text selection is not a choice.
    if (row && getSelection()?.type !== 'Range')
      this.actions.tell('showPicture', { id: Number(row.dataset['id']) });
  }

  /** Scrolls as little as brings a row into sight, under the heads. */
  private reveal(index: number): void {
    const { scrollTop, clientHeight } = this.scroller;
    if (index < 0 || clientHeight === 0) return;
    const head = this.table.tHead?.offsetHeight ?? 0;
    const top = index * rowHeight;
    const room = clientHeight - head - rowHeight;
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (top > scrollTop + room) this.scroller.scrollTop = top - room;
  }
}
