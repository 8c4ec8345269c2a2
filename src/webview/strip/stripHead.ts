import type { PictureStrip } from '../../protocol/pictureStrip';
import { button, element } from '../draw/element';
import { icon } from '../draw/icon';
import type { Actions } from '../state/actions';
import { leftOutWords, stripPlace } from './stripWords';

type HeadActions = Pick<Actions, 'tell' | 'closePictures' | 'toggleResults'>;

interface StripPlace {
  /** Index of the current picture; −1 where there is none. */
  readonly index: number;
  readonly working: boolean;
  /** The table of results is in the middle. */
  readonly inTable: boolean;
}

/** Beside the thumbnails: where the person is, buttons to step, and what else can be done with the pictures. */
export class StripHead {
  readonly element: HTMLElement;
  readonly close: HTMLElement;
  private readonly place = element('p', { class: 'strip-place' });
  private readonly leftOut = element('p', { class: 'strip-left-out quiet' });
  private readonly previous: HTMLButtonElement;
  private readonly next: HTMLButtonElement;
  private readonly rest: HTMLButtonElement;
  private readonly table: HTMLButtonElement;

  constructor({ tell, closePictures, toggleResults }: HeadActions) {
    const step = (by: 1 | -1) => (): void => tell('stepPicture', { by });
    this.previous = iconButton('previous', 'Previous picture (,)', step(-1));
    this.next = iconButton('next', 'Next picture (.)', step(1));
    this.rest = button('Classify the rest', () => tell('classifyWaiting'), { kind: 'link' });
    this.close = iconButton('close', 'Close the strip of pictures', closePictures);
    this.table = iconButton('table', 'Results as a table (r)', toggleResults);
    const steps = element(
      'div',
      { class: 'strip-steps' },
      this.previous,
      this.place,
      this.next,
      this.table,
    );
    this.element = element('div', { class: 'strip-head' }, steps, this.rest, this.leftOut);
  }

  update({ items, leftOut }: PictureStrip, { index, working, inTable }: StripPlace): void {
    this.place.textContent = stripPlace(index, items.length);
    this.leftOut.textContent = leftOutWords(items.length, leftOut);
    this.leftOut.hidden = leftOut === 0;
    // A button that is disabled loses the keyboard: at the ends it only looks so.
    this.previous.setAttribute('aria-disabled', String(index === 0));
    this.next.setAttribute('aria-disabled', String(index === items.length - 1));
    this.table.setAttribute('aria-pressed', String(inTable));
    this.rest.hidden = working || !items.some(({ status }) => status === 'waiting');
  }
}

function iconButton(
  name: Parameters<typeof icon>[0],
  label: string,
  onClick: () => void,
): HTMLButtonElement {
  const made = button('', onClick, { kind: 'plain', 'aria-label': label, title: label });
  made.append(icon(name));
  return made;
}
