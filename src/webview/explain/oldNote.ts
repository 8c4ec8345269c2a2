import { noticeWords } from '../picture/pictureNote';
import { button, element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import type { Actions } from '../state/actions';
import type { Model } from '../state/model';

/** Says that what is explained is of earlier choices, and leads to the present ones. */
export class OldNote {
  readonly element = element('div', { class: 'explain-progress', hidden: true });
  private readonly words = element('p', { class: 'note' });
  private readonly again: HTMLButtonElement;
  private readonly changed = dirtyCheck();

  constructor({ tell }: Pick<Actions, 'tell'>) {
    this.again = button('Run again', () => tell('runAgain'), { kind: 'secondary small' });
    this.element.append(this.words, this.again);
  }

  update({ state, isOld }: Pick<Model, 'state' | 'isOld'>): void {
    const words = isOld ? noticeWords(state) : undefined;
    const kind = state.notice?.kind;
    if (!this.changed(words, kind)) return;
    this.element.hidden = words === undefined;
    this.words.textContent = words ?? '';
    this.again.hidden = kind !== 'outdated';
  }
}
