import { element } from './element';

/** A line that says what is under the cursor; spoken politely where the keyboard moved it. */
export class Readout {
  readonly element: HTMLElement;

  constructor(kind: 'readout' | 'probe-line') {
    this.element = element('p', { class: kind, role: 'status' });
  }

  /** Whether the last words were meant to be heard. */
  get aloud(): boolean {
    return this.element.getAttribute('aria-live') === 'polite';
  }

  /** A pointer passes over hundreds of cells: nobody wants to hear each. */
  show(words: string, { aloud }: { readonly aloud: boolean }): void {
    this.element.setAttribute('aria-live', aloud ? 'polite' : 'off');
    if (this.element.textContent !== words) this.element.textContent = words;
  }
}
