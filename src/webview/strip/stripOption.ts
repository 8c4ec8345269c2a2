import type { RgbPicture } from '../../protocol/engineProtocol';
import type { StripItem } from '../../protocol/pictureStrip';
import { element } from '../draw/element';
import { icon } from '../draw/icon';
import { pictureImage } from '../draw/pixels';
import { dirtyCheck } from '../draw/redraw';
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
  private readonly frame = element('div', { class: 'strip-thumb' });
  private readonly words = element('div', { class: 'strip-words' });
  private readonly itemChanged = dirtyCheck();
  private readonly pictureChanged = dirtyCheck();

  constructor(id: number) {
    const attributes = { class: 'strip-option', role: 'option', id: optionId(id), 'data-id': id };
    this.element = element('div', attributes, this.frame, this.words);
  }

  update({ item, index, count, current, shown, active, thumbnail }: OptionState): void {
    const { classList } = this.element;
    classList.toggle('shown', shown);
    classList.toggle('active', active);
    this.element.setAttribute('aria-selected', String(current));
    const { status } = item;
    // One that is on its way anew leaves the old one where it is.
    if (thumbnail ?? item.thumbnail === undefined) this.drawPicture(thumbnail, status === 'failed');
    if (!this.itemChanged(item, index, count)) return;
    this.element.dataset['status'] = status;
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

  private drawPicture(thumbnail: RgbPicture | undefined, failed: boolean): void {
    if (!this.pictureChanged(thumbnail, failed)) return;
    this.frame.replaceChildren(
      thumbnail
        ? element('img', { src: pictureImage(thumbnail), alt: '' })
        : icon(failed ? 'error' : 'picture'),
    );
  }
}

export function optionId(id: number): string {
  return `picture-${id}`;
}
