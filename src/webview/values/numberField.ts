import { element } from '../draw/element';
import { formatCount } from '../draw/numberFormat';

/** A labelled field for a whole number of a range. */
export interface NumberField {
  readonly element: HTMLElement;
  readonly update: (value: number, max: number, min?: number) => void;
}

/** A field that gives every number a person settles on, within its range. */
export function numberField(label: string, onPick: (value: number) => void): NumberField {
  const input = element('input', { class: 'input', type: 'number', step: 1 });
  const words = element('span', { class: 'quiet' });
  let last = { value: 0, min: 0, max: 0 };
  const update = (value: number, max: number, min = 0): void => {
    // What a person is typing stays when the page is drawn anew.
    if (value !== last.value || document.activeElement !== input) input.value = String(value);
    last = { value, min, max };
    input.min = String(min);
    input.max = String(max);
    words.textContent = `${formatCount(min)}–${formatCount(max)}`;
  };
  input.addEventListener('change', () => {
    const asked = Math.round(input.valueAsNumber);
    const { min, max } = last;
    const value = Number.isNaN(asked) ? last.value : Math.min(max, Math.max(min, asked));
    input.value = String(value);
    onPick(value);
  });
  const name = element('span', {}, label);
  return { element: element('label', { class: 'number-field' }, name, input, words), update };
}
