import type { PictureStrip, StripItem } from '../../protocol/pictureStrip';
import { element } from '../draw/element';
import { itemAfterKey } from '../draw/gridKeys';
import { dirtyCheck } from '../draw/redraw';
import type { Actions } from '../state/actions';
import type { Model } from '../state/model';
import { StripHead } from './stripHead';
import { itemPitch, itemWidth, picturesNearView, scrollToShow } from './stripLayout';
import { optionId, StripOption } from './stripOption';
import { itemName } from './stripWords';

/** Several pictures to step through: a row of thumbnails, of which only those near view are drawn. */
export class PictureStripView {
  readonly element: HTMLElement;
  private readonly head: StripHead;
  private readonly track = element('div', { class: 'strip-track', role: 'presentation' });
  private readonly list = element(
    'div',
    {
      class: 'strip-list',
      role: 'listbox',
      tabindex: 0,
      'aria-label': 'Pictures',
      'aria-orientation': 'horizontal',
    },
    this.track,
  );
  private readonly news = element('p', { class: 'hidden-label', role: 'status' });
  private readonly options = new Map<number, StripOption>();
  private readonly currentChanged = dirtyCheck();
  private readonly drawnChanged = dirtyCheck();
  private model: Model | undefined;
  /** Where the keyboard is in the list. */
  private active: number | undefined;

  constructor(private readonly actions: Actions) {
    this.head = new StripHead(actions);
    this.element = element(
      'section',
      { class: 'strip', 'aria-label': 'Pictures', hidden: true },
      this.head.element,
      this.list,
      this.head.close,
      this.news,
    );
    this.list.addEventListener('keydown', (event) => this.key(event));
    this.list.addEventListener('click', ({ target }) => this.click(target));
    this.list.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    this.list.addEventListener('scroll', () => this.draw());
    new ResizeObserver(() => requestAnimationFrame(() => this.draw())).observe(this.list);
  }

  update(model: Model): void {
    const { pictures, work } = model.state;
    this.model = model;
    this.element.hidden = !pictures;
    if (!pictures) return;
    const { items, current } = pictures;
    const index = items.findIndex(({ id }) => id === current);
    const inTable = model.view.view === 'results';
    this.head.update(pictures, { index, working: work !== undefined, inTable });
    this.track.style.width = `${items.length * itemPitch - (itemPitch - itemWidth)}px`;
    if (this.currentChanged(current, items[0]?.id, items.length)) {
      this.active = current;
      this.reveal(Math.max(0, index));
    }
    const item = items[index];
    if (item && !work) this.announce(itemName(item, index, items.length));
    this.draw();
  }

  /** Announced when no work is under way, not at every picture of a long queue. */
  private announce(words: string): void {
    if (this.news.textContent !== words) this.news.textContent = words;
  }

  private draw(): void {
    const { model } = this;
    const pictures = model?.state.pictures;
    if (!model || !pictures || this.list.clientWidth === 0) return;
    const { items } = pictures;
    const view = { scroll: this.list.scrollLeft, width: this.list.clientWidth };
    const { first, end } = picturesNearView(view, items.length);
    const drawn = items
      .map((item, index) => ({ item, index }))
      .filter(({ item, index }) => (index >= first && index < end) || item.id === this.active);
    this.keepOnly(drawn.map(({ item }) => item.id));
    const options = drawn.map(({ item, index }) => this.drawOne(model, pictures, item, index));
    if (this.drawnChanged(...options)) this.track.replaceChildren(...options);
    if (this.active === undefined) this.list.removeAttribute('aria-activedescendant');
    else this.list.setAttribute('aria-activedescendant', optionId(this.active));
  }

  private drawOne(
    { data }: Model,
    { items, shown, current }: PictureStrip,
    item: StripItem,
    index: number,
  ): HTMLElement {
    const { id } = item;
    const option = this.options.get(id) ?? new StripOption(id);
    this.options.set(id, option);
    option.update({
      item,
      index,
      count: items.length,
      current: id === current,
      shown: id === shown,
      active: id === this.active,
      thumbnail: data.thumbnail(item),
    });
    return option.element;
  }

  private keepOnly(ids: readonly number[]): void {
    const kept = new Set(ids);
    for (const id of this.options.keys()) if (!kept.has(id)) this.options.delete(id);
  }

  private reveal(index: number): void {
    const view = { scroll: this.list.scrollLeft, width: this.list.clientWidth };
    if (view.width > 0) this.list.scrollLeft = scrollToShow(view, index);
  }

  private key(event: KeyboardEvent): void {
    const items = this.model?.state.pictures?.items ?? [];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = items.findIndex(({ id }) => id === this.active);
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (this.active !== undefined) this.actions.tell('showPicture', { id: this.active });
      return;
    }
    const target = itemAfterKey(event.key, at, { count: items.length });
    if (target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const item = items[target];
    if (!item) return;
    this.active = item.id;
    this.reveal(target);
    this.draw();
  }

  private click(target: EventTarget | null): void {
    const option = target instanceof Element ? target.closest<HTMLElement>('[data-id]') : null;
    if (option) this.actions.tell('showPicture', { id: Number(option.dataset['id']) });
  }

  /** A vertical wheel scrolls the strip sideways until its end. */
  private wheel(event: WheelEvent): void {
    const { deltaX, deltaY, ctrlKey } = event;
    if (ctrlKey || Math.abs(deltaX) > Math.abs(deltaY)) return;
    const before = this.list.scrollLeft;
    this.list.scrollLeft = before + deltaY;
    if (this.list.scrollLeft !== before) event.preventDefault();
  }
}
