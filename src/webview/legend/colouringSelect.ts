import { element } from '../draw/element';
import type { Model } from '../state/model';
import { colourings, type Colouring } from '../state/viewState';

const words: Readonly<Record<Colouring, string>> = {
  kind: 'Kind',
  parameters: 'Parameters',
  macs: 'MACs',
  time: 'Time',
  bytes: 'Bytes',
};

/** What the graph is coloured by; time only where there was a run. */
export class ColouringSelect {
  readonly element: HTMLElement;
  private readonly select = element('select', { id: 'colouring', class: 'select small' });
  private readonly options = colourings.map((value) => element('option', { value }, words[value]));

  constructor(choose: (colouring: Colouring) => void) {
    this.select.append(...this.options);
    this.select.addEventListener('change', () => {
      const chosen = colourings.find((id) => id === this.select.value);
      if (chosen) choose(chosen);
    });
    const label = element('label', { for: 'colouring' }, 'Colour by');
    this.element = element('div', { class: 'colouring' }, label, this.select);
  }

  update({ view, run }: Model): void {
    for (const option of this.options) {
      option.disabled = option.value === 'time' && !run;
      option.textContent = option.disabled ? 'Time (of a run)' : words[option.value as Colouring];
    }
    this.select.value = view.colouring;
  }
}
