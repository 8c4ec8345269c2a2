import { button, element } from '../draw/element';
import { dirtyCheck, settled } from '../draw/redraw';
import type { Actions } from '../state/actions';
import { isChanging } from '../state/changedRun';
import type { Model } from '../state/model';
import { changesWords, shiftWords } from './changeWords';

/** A person who drags goes on: they are told once they pause. */
const pauseMilliseconds = 600;

/** What is changed of the run on screen and what came of it, with the ways back. */
export class ChangeBar {
  readonly element = element('div', { class: 'change-bar' });
  private readonly words = element('span', { class: 'change-words' });
  private readonly shift = element('span', { class: 'change-shift numeric' });
  private readonly undo: HTMLButtonElement;
  private readonly reset: HTMLButtonElement;
  // The region is there from the start: screen readers hear only what is put into a known one.
  private readonly spoken = element('span', { class: 'hidden-label', role: 'status' });
  private readonly parts: HTMLElement;
  private readonly changed = dirtyCheck();
  private readonly speak = settled(() => {
    this.spoken.textContent = this.text;
  }, pauseMilliseconds);
  private text = '';

  constructor({ tell }: Pick<Actions, 'tell'>) {
    this.undo = button('Undo', () => tell('undoChange'), {
      kind: 'secondary small',
      title: 'Takes the last step back (u)',
    });
    this.reset = button('Reset', () => tell('resetChanges'), {
      kind: 'secondary small',
      title: 'Shows the run as it was',
    });
    this.parts = element(
      'section',
      { class: 'change-parts', 'aria-label': 'What if', hidden: true },
      element('strong', {}, 'What if'),
      this.words,
      this.shift,
      this.undo,
      this.reset,
    );
    this.element.append(this.parts, this.spoken);
  }

  update({ state, original, view }: Pick<Model, 'state' | 'original' | 'view'>): void {
    const { whatIf, changed } = state;
    const isErasing = view.view === 'explain' && view.explain.erasing;
    this.element.setAttribute('aria-busy', String(isChanging(state)));
    if (!this.changed(whatIf, changed, original, isErasing)) return;
    const isShown = whatIf !== undefined && original !== undefined;
    // Beside the eraser from the start: a bar that came with the first stroke would move the picture away under it.
    this.parts.hidden = !isShown && !(isErasing && original !== undefined);
    for (const each of [this.undo, this.reset])
      each.setAttribute('aria-disabled', String(!isShown));
    if (!isShown) {
      this.words.textContent = 'nothing is erased yet';
      this.shift.textContent = '';
      this.undo.removeAttribute('aria-label');
    } else {
      this.words.textContent = changesWords(whatIf.changes, original.seen);
      this.shift.textContent = changed ? shiftWords(original, changed) : '';
      const steps = `${whatIf.steps} ${whatIf.steps === 1 ? 'step' : 'steps'}`;
      this.undo.setAttribute('aria-label', `Undo, ${steps} so far`);
    }
    const said = [this.words, this.shift].map(({ textContent }) => textContent).join(': ');
    const wasShown = this.text !== '' && this.text !== asBefore;
    this.text = isShown ? said : wasShown ? asBefore : '';
    this.speak.soon();
  }
}

const asBefore = 'The run is as it was.';
