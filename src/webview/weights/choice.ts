import { button, element } from '../draw/element';

/** Two or more buttons of which one is on. */
export function choice<T extends string>(
  label: string,
  options: Readonly<Record<T, string>>,
  choose: (value: T) => void,
): { readonly element: HTMLElement; readonly update: (value: T) => void } {
  const buttons = Object.entries<string>(options).map(([value, words]) => ({
    value,
    made: button(words, () => choose(value as T), { kind: 'secondary small' }),
  }));
  return {
    element: element(
      'div',
      { class: 'choice' },
      element('span', { class: 'quiet' }, label),
      element(
        'div',
        { class: 'toggle', role: 'group', 'aria-label': label },
        ...buttons.map(({ made }) => made),
      ),
    ),
    update: (chosen) => {
      for (const { value, made } of buttons) {
        made.setAttribute('aria-pressed', String(value === chosen));
      }
    },
  };
}
