import { button, element } from './element';

/** Something that the host is asked for: on its way, there, or refused. */
export type Resource<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'failed'; readonly why: string };

/** Stands where a resource will be drawn: says that it is read, why it cannot be read, or what it waits for. */
export class ResourceNote {
  readonly element = element('div', { class: 'resource-note', role: 'status', hidden: true });
  private readonly words = element('p');
  private readonly again: HTMLButtonElement;

  constructor(askAgain: () => void) {
    this.again = button('Try again', askAgain, { kind: 'secondary small' });
    this.element.append(this.words, this.again);
  }

  /** `what` as in a sentence: `the weights of conv1`. Hidden once that is there, or where nothing was asked for. */
  update(resource: Resource<unknown> | undefined, what: string): void {
    if (resource?.status === 'loading') this.say(`Reading ${what}…`, 'quiet');
    else if (resource?.status === 'failed') {
      this.say(sentence(`could not read ${what}: ${resource.why}`), 'note');
    } else this.element.hidden = true;
    this.again.hidden = resource?.status !== 'failed';
  }

  /** Nothing can be asked for yet: what the person may do first. */
  empty(words: string): void {
    this.say(words, 'note');
    this.again.hidden = true;
  }

  private say(words: string, kind: 'quiet' | 'note'): void {
    this.element.hidden = false;
    this.words.className = kind;
    // A live region: what is said already is not said again.
    if (this.words.textContent !== words) this.words.textContent = words;
  }
}

/** An error's words as they stand on screen: a capital, unless a setting's dotted name comes first, and a full stop. */
export function sentence(message: string): string {
  const text = message.replace(/^[a-z](?=[a-z]* )/, (letter) => letter.toUpperCase());
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** What went wrong, as it was said. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
