import type { RgbPicture } from '../../protocol/runMaps';
import type { StripItem } from '../../protocol/pictureStrip';
import { element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import { Thumbnail } from '../draw/thumbnail';
import { itemPitch } from './stripLayout';
import { itemName, itemTitle, itemWords } from './stripWords';

interface OptionState {
  readonly item: StripItem;
  readonly index: number;
  readonly count: number;
  readonly current: boolean;
  readonly shown: boolean;
  /** Whether the keyboard cursor of the list is on it. */
  readonly active: boolean;
  /** Undefined while it is not there. */
  readonly thumbnail: RgbPicture | undefined;
}

/** One picture of the strip: its thumbnail and what the network took it for. */
export class StripOption {
  readonly element: HTMLElement;
  private readonly thumbnail = new Thumbnail(element('div', { class: 'strip-thumb' }));
  private readonly words = element('div', { class: 'strip-words' });
  private readonly itemChanged = dirtyCheck();

  constructor(id: number) {
    const attributes = { class: 'strip-option', role: 'option', id: optionId(id), 'data-id': id };
    this.element = element('div', attributes, this.thumbnail.element, this.words);
  }

  update({ item, index, count, current, shown, active, thumbnail }: OptionState): void {
    const { classList } = this.element;
    classList.toggle('shown', shown);
    classList.toggle('active', active);
    this.element.setAttribute('aria-selected', String(current));
    this.thumbnail.update(item, thumbnail);
    if (!this.itemChanged(item, index, count)) return;
    this.element.dataset['status'] = item.status;
    this.element.style.left = `${index * itemPitch}px`;
    this.element.title = itemTitle(item);
    for (const [name, value] of Object.entries({
      'aria-label': itemName(item, index, count),
      'aria-setsize': count,
      'aria-posinset': index + 1,
    })) {
      this.element.setAttribute(name, String(value));
    }
    const { line, note, struck } = itemWords(item);
    this.words.replaceChildren(
      element(struck ? 's' : 'span', { class: 'strip-line' }, line),
      ' ',
      element('span', { class: 'strip-note' }, note),
    );
  }
}

export function optionId(id: number): string {
  return `picture-${id}`;
}
