import { element } from '../draw/element';
import type { FieldId } from './settingsFields';

type Control = HTMLInputElement | HTMLSelectElement;

/** A setting: its name, its field, and one sentence that says what it does or, where that is refused, what it takes. */
export class FormRow {
  readonly element: HTMLElement;
  private readonly hint: HTMLElement;
  private readonly words: string;

  constructor(
    id: FieldId,
    readonly control: Control,
    {
      label,
      hint,
      unit,
    }: { readonly label: string; readonly hint: string; readonly unit?: string },
  ) {
    this.words = hint;
    const [field, said] = [`train-${id}`, `train-${id}-hint`];
    control.id = field;
    control.name = id;
    control.setAttribute('aria-describedby', said);
    this.hint = element('p', { id: said, class: 'train-hint quiet' }, hint);
    const isCheck = control.type === 'checkbox';
    const name = element('label', { for: field }, label);
    const after = unit === undefined ? [] : [element('span', { class: 'quiet' }, unit)];
    const line = element('div', { class: 'train-control' }, control, ...after);
    this.element = element('div', { class: isCheck ? 'train-row train-check' : 'train-row' });
    this.element.append(...(isCheck ? [line, name] : [name, line]), this.hint);
  }

  show(asked: boolean): void {
    this.element.hidden = !asked;
  }

  /** In place of the hint: nothing moves. Undefined takes it back. */
  refuse(sentence: string | undefined): void {
    const words = sentence ?? this.words;
    if (this.hint.textContent !== words) this.hint.textContent = words;
    this.hint.classList.toggle('quiet', sentence === undefined);
    this.hint.classList.toggle('train-refused', sentence !== undefined);
    if (sentence === undefined) this.control.removeAttribute('aria-invalid');
    else this.control.setAttribute('aria-invalid', 'true');
  }
}

/** A text, not a number field: what is no number can be named. */
export function numberControl(whole: boolean): HTMLInputElement {
  return element('input', {
    class: 'input',
    type: 'text',
    inputmode: whole ? 'numeric' : 'decimal',
    autocomplete: 'off',
    spellcheck: 'false',
  });
}

export function choiceControl(options: Readonly<Record<string, string>>): HTMLSelectElement {
  const control = element('select', { class: 'select' });
  offer(control, options);
  return control;
}

/** Other options; what was chosen stays where it is among them. */
export function offer(control: HTMLSelectElement, options: Readonly<Record<string, string>>): void {
  const { value } = control;
  const made = Object.entries(options).map(([key, words]) =>
    element('option', { value: key }, words),
  );
  control.replaceChildren(...made);
  if (value in options) control.value = value;
}

export function checkControl(): HTMLInputElement {
  return element('input', { type: 'checkbox' });
}
