import { element } from '../draw/element';
import { imagineFields, type ImagineField, type LikesLook } from '../state/likesLook';

interface Field {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly unit: string;
}

/** As the engine takes them. */
const fields: { readonly [F in ImagineField]: Field } = {
  seed: { label: 'Seed', min: 0, max: 999_999, step: 1, unit: 'of the noise' },
  steps: { label: 'Steps', min: 1, max: 10_000, step: 1, unit: 'in all' },
  stepSize: { label: 'Step size', min: 0.1, max: 255, step: 0.1, unit: 'of 255 levels' },
  blur: { label: 'Blur', min: 0, max: 16, step: 0.1, unit: 'pixels, every 4 steps' },
  jitter: { label: 'Jitter', min: 0, max: 64, step: 1, unit: 'pixels each way' },
};

/** How a picture is made: what `Start again` takes. */
export class ImagineForm {
  readonly element = element('details', { class: 'imagine-form' });
  private readonly inputs = new Map<ImagineField, HTMLInputElement>();
  private settings: LikesLook['settings'] | undefined;

  constructor(change: (settings: LikesLook['settings']) => void) {
    const rows = imagineFields.map((field) => {
      const { label, min, max, step, unit } = fields[field];
      const input = element('input', { class: 'input', type: 'number', min, max, step });
      input.addEventListener('change', () => {
        if (!this.settings) return;
        const value = clean(input.valueAsNumber, fields[field], this.settings[field]);
        input.value = String(value);
        change({ ...this.settings, [field]: value });
      });
      this.inputs.set(field, input);
      const name = element('span', {}, label);
      return element('label', {}, name, input, element('span', { class: 'quiet' }, unit));
    });
    this.element.append(
      element('summary', {}, 'Settings'),
      element('div', { class: 'imagine-fields' }, ...rows),
    );
  }

  update(settings: LikesLook['settings']): void {
    this.settings = settings;
    for (const [field, input] of this.inputs)
      if (document.activeElement !== input) input.value = String(settings[field]);
  }
}

function clean(asked: number, { min, max, step }: Field, before: number): number {
  if (Number.isNaN(asked)) return before;
  const inside = Math.min(max, Math.max(min, asked));
  return step === 1 ? Math.round(inside) : inside;
}
