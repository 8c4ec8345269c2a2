import { button, element } from './element';

/** Two or more buttons of which one is on. */
export class Choice<T extends string> {
  readonly element: HTMLElement;
  private readonly buttons: readonly { readonly value: string; readonly made: HTMLButtonElement }[];

  constructor(label: string, options: Readonly<Record<T, string>>, choose: (value: T) => void) {
    this.buttons = Object.entries<string>(options).map(([value, words]) => ({
      value,
      made: button(words, () => choose(value as T), { kind: 'secondary small' }),
    }));
    this.element = element(
      'div',
      { class: 'choice' },
      element('span', { class: 'quiet' }, label),
      element(
        'div',
        { class: 'toggle', role: 'group', 'aria-label': label },
        ...this.buttons.map(({ made }) => made),
      ),
    );
  }

  update(chosen: T): void {
    for (const { value, made } of this.buttons) {
      made.setAttribute('aria-pressed', String(value === chosen));
    }
  }
}
