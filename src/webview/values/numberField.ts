import { element } from '../draw/element';
import { formatCount } from '../draw/numberFormat';
import { clamp } from '../draw/rect';

/** A labelled field for a whole number of a range: gives every number that a person settles on. */
export class NumberField {
  readonly element: HTMLElement;
  private readonly input = element('input', { class: 'input', type: 'number', step: 1 });
  private readonly range = element('span', { class: 'quiet' });
  private last = { value: 0, min: 0, max: 0 };

  constructor(label: string, onPick: (value: number) => void) {
    this.input.addEventListener('change', () => {
      const value = this.read();
      this.input.value = String(value);
      onPick(value);
    });
    const name = element('span', {}, label);
    this.element = element('label', { class: 'number-field' }, name, this.input, this.range);
  }

  update(value: number, max: number, min = 0): void {
    const { input } = this;
    // What a person is typing stays when the page is drawn anew.
    if (value !== this.last.value || document.activeElement !== input) input.value = String(value);
    this.last = { value, min, max };
    input.min = String(min);
    input.max = String(max);
    this.range.textContent = `${formatCount(min)}–${formatCount(max)}`;
  }

  private read(): number {
    const asked = Math.round(this.input.valueAsNumber);
    const { value, min, max } = this.last;
    return Number.isNaN(asked) ? value : clamp(asked, min, max);
  }
}
