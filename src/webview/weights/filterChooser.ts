import { button, element } from '../draw/element';
import { formatCount } from '../draw/numberFormat';

/** Chooses one of a layer's filters by number or one after the other. */
export class FilterChooser {
  readonly element: HTMLElement;
  private readonly field: HTMLInputElement;
  private current = 0;

  constructor(
    private readonly filters: number,
    private readonly choose: (filter: number) => void,
  ) {
    this.field = element('input', {
      class: 'input',
      type: 'number',
      min: 0,
      max: filters - 1,
      'aria-label': `Filter, 0 to ${filters - 1}`,
    });
    this.field.addEventListener('input', () => this.read());
    this.field.addEventListener('change', () => (this.field.value = String(this.current)));
    this.element = element(
      'div',
      { class: 'choice' },
      element('span', { class: 'quiet' }, 'Filter'),
      element(
        'div',
        { class: 'filter-chooser' },
        this.stepButton('‹', 'Previous filter', -1),
        this.field,
        this.stepButton('›', 'Next filter', 1),
        element('span', { class: 'quiet' }, `of ${formatCount(filters)}`),
      ),
    );
  }

  update(filter: number): void {
    this.current = filter;
    const { field } = this;
    if (document.activeElement !== field || field.valueAsNumber !== filter) {
      field.value = String(filter);
    }
  }

  private read(): void {
    const wanted = this.field.valueAsNumber;
    if (Number.isInteger(wanted) && wanted >= 0 && wanted < this.filters) this.choose(wanted);
  }

  private stepButton(sign: string, name: string, by: number): HTMLButtonElement {
    const step = (): void => this.choose((this.current + by + this.filters) % this.filters);
    return button(sign, step, { kind: 'secondary small', 'aria-label': name });
  }
}
