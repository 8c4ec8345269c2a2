import { button, element } from '../draw/element';
import { sentence } from '../draw/resource';
import type { Explaining } from '../state/explanationReads';

/** Where an explanation stands: how far it is, why there is none, and a way on. */
export class ProgressNote {
  readonly element = element('div', { class: 'explain-progress' });
  private readonly words = element('p', { role: 'status' });
  private readonly bar = element('progress', { max: 1, 'aria-label': 'Explained' });
  private readonly stop: HTMLButtonElement;
  private readonly again: HTMLButtonElement;

  constructor(handlers: { readonly stop: () => void; readonly askAgain: () => void }) {
    this.stop = button('Stop', handlers.stop, { kind: 'secondary small' });
    this.again = button('Try again', handlers.askAgain, { kind: 'secondary small' });
    this.element.append(this.words, this.bar, this.stop, this.again);
  }

  /** `what` as in a sentence: `Grad-CAM of conv5`. */
  update(state: Explaining | undefined, what: string): void {
    const { status } = state ?? {};
    this.element.hidden = status === undefined || status === 'ready';
    const isLoading = status === 'loading';
    this.bar.hidden = this.stop.hidden = !isLoading;
    this.again.hidden = isLoading;
    this.words.className = status === 'failed' ? 'note' : 'quiet';
    const fraction = state?.status === 'loading' ? state.progress?.fraction : undefined;
    // Without a value the bar says that it is not known.
    if (fraction === undefined) this.bar.removeAttribute('value');
    else this.bar.value = fraction;
    const words = state ? progressWords(state, what) : '';
    // A live region: what is said already is not said again.
    if (this.words.textContent !== words) this.words.textContent = words;
  }
}

/** A sentence; empty where it is there. */
export function progressWords(state: Explaining, what: string): string {
  switch (state.status) {
    case 'loading':
      return `Working out ${what}…`;
    case 'stopped':
      return state.progress?.map
        ? `Stopped: the map of ${what} is as far as it got.`
        : `Stopped before ${what} was there.`;
    case 'failed':
      return sentence(`could not work out ${what}: ${state.why}`);
    case 'ready':
      return '';
  }
}
