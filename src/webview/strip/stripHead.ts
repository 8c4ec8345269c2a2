import type { PictureStrip } from '../../protocol/pictureStrip';
import type { Actions } from '../state/actions';
import { button, element } from '../draw/element';
import { icon } from '../draw/icon';
import { leftOutWords, stripPlace } from './stripWords';

interface StripPlace {
  /** Of the current picture; −1 where there is none. */
  readonly index: number;
  readonly working: boolean;
}

/** Beside the thumbnails: where the person is, buttons to step, and what else can be done with the pictures. */
export function stripHead(actions: Actions): {
  readonly element: HTMLElement;
  readonly close: HTMLElement;
  readonly update: (pictures: PictureStrip, place: StripPlace) => void;
} {
  const place = element('p', { class: 'strip-place' });
  const leftOut = element('p', { class: 'strip-left-out quiet' });
  const previous = iconButton('previous', 'Previous picture (,)', () =>
    actions.tell('stepPicture', { by: -1 }),
  );
  const next = iconButton('next', 'Next picture (.)', () => actions.tell('stepPicture', { by: 1 }));
  const rest = button('Classify the rest', () => actions.tell('classifyWaiting'), { kind: 'link' });
  const steps = element('div', { class: 'strip-steps' }, previous, place, next);
  return {
    element: element('div', { class: 'strip-head' }, steps, rest, leftOut),
    close: iconButton('close', 'Close the strip of pictures', actions.closePictures),
    update: ({ items, leftOut: more }, { index, working }) => {
      place.textContent = stripPlace(index, items.length);
      leftOut.textContent = leftOutWords(items.length, more);
      leftOut.hidden = more === 0;
      // A button that is disabled loses the keyboard: at the ends it only looks so.
      previous.setAttribute('aria-disabled', String(index === 0));
      next.setAttribute('aria-disabled', String(index === items.length - 1));
      rest.hidden = working || !items.some(({ status }) => status === 'waiting');
    },
  };
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
