import { button, element } from '../draw/element';
import { icon } from '../draw/icon';
import { itemAfterKey } from '../draw/gridKeys';

/** A class among which one is chosen. */
export interface ClassOption {
  readonly index: number;
  readonly label: string;
  /** Such as its probability. */
  readonly note: string;
}

/** More are not read through: another letter finds them sooner. */
const mostShown = 60;

interface ChooserOptions {
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  readonly choose: (index: number) => void;
  /** Takes the keyboard where the field is left by Esc. */
  readonly leave: () => void;
  /** Where nothing may be chosen too. */
  readonly clear?: () => void;
}

/** One of many classes, found by its name or number: a field with a list that the first five lead. */
export class ClassChooser {
  readonly element: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly list: HTMLElement;
  private readonly clear: HTMLButtonElement | undefined;
  private options: readonly ClassOption[] = [];
  private shown: readonly ClassOption[] = [];
  private chosen: ClassOption | undefined;
  private active = 0;

  constructor(private readonly given: ChooserOptions) {
    const { id, label, placeholder } = given;
    this.input = element('input', {
      id,
      class: 'input',
      role: 'combobox',
      placeholder,
      autocomplete: 'off',
      spellcheck: 'false',
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': `${id}-list`,
    });
    this.list = element('div', {
      id: `${id}-list`,
      class: 'popup explain-classes',
      role: 'listbox',
      'aria-label': label,
      hidden: true,
    });
    const { clear } = given;
    if (clear) this.clear = clearButton(label, clear, this.input);
    this.element = element(
      'div',
      { class: 'explain-control' },
      element('label', { for: id }, label),
      element(
        'div',
        { class: 'field explain-field' },
        this.input,
        ...(this.clear ? [this.clear] : []),
        this.list,
      ),
    );
    this.input.addEventListener('input', () => this.open());
    this.input.addEventListener('click', () => this.open({ all: true }));
    this.input.addEventListener('focus', () => this.input.select());
    this.input.addEventListener('blur', () => this.close());
    this.input.addEventListener('keydown', (event) => this.key(event));
    // The field keeps the keyboard while the pointer chooses.
    this.list.addEventListener('pointerdown', (event) => event.preventDefault());
    this.list.addEventListener('click', ({ target }) => {
      const row = target instanceof Element ? target.closest<HTMLElement>('[role=option]') : null;
      if (row) this.take(Number(row.dataset['class']));
    });
  }

  /** `options` the likeliest first. */
  update(options: readonly ClassOption[], chosen: ClassOption | undefined): void {
    this.options = options;
    this.chosen = chosen;
    if (this.clear) this.clear.hidden = chosen === undefined;
    if (this.list.hidden) this.input.value = chosen?.label ?? '';
  }

  focus(): void {
    this.input.focus();
  }

  private open({ all = false } = {}): void {
    const found = all ? this.options : findClasses(this.options, this.input.value);
    this.shown = found.slice(0, mostShown);
    const at = this.shown.findIndex(({ index }) => index === this.chosen?.index);
    const rest = found.length - this.shown.length;
    this.list.replaceChildren(
      ...this.shown.map((option) => this.row(option)),
      ...(found.length === 0 ? [more('No class is called so.')] : []),
      ...(rest > 0 ? [more(`and ${rest} more: type a part of the name`)] : []),
    );
    this.list.hidden = false;
    this.input.setAttribute('aria-expanded', 'true');
    this.mark(Math.max(0, all ? at : 0));
  }

  private row({ index, label, note }: ClassOption): HTMLElement {
    return element(
      'div',
      {
        id: `${this.given.id}-${index}`,
        role: 'option',
        'data-class': index,
        'aria-selected': String(index === this.chosen?.index),
      },
      element('span', { class: 'explain-class-name' }, label),
      element('span', { class: 'explain-class-note quiet' }, note),
    );
  }

  private mark(at: number): void {
    this.active = at;
    const rows = this.list.querySelectorAll<HTMLElement>('[role=option]');
    rows.forEach((row, index) => row.classList.toggle('explain-class-active', index === at));
    const row = rows[at];
    if (row) {
      this.input.setAttribute('aria-activedescendant', row.id);
      row.scrollIntoView({ block: 'nearest' });
    } else this.input.removeAttribute('aria-activedescendant');
  }

  private take(index: number): void {
    this.close();
    this.given.choose(index);
  }

  private close(): void {
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
    this.input.value = this.chosen?.label ?? '';
  }

  private key(event: KeyboardEvent): void {
    const { key } = event;
    const isOpen = !this.list.hidden;
    if (key === 'Escape') {
      if (isOpen) this.close();
      else this.given.leave();
    } else if (key === 'Enter' && isOpen) {
      const option = this.shown[this.active];
      if (option) this.take(option.index);
    } else if (key === 'ArrowDown' || key === 'ArrowUp') {
      if (!isOpen) this.open({ all: true });
      else {
        const to = itemAfterKey(key, this.active, { count: this.shown.length, columns: 1 });
        if (to !== undefined) this.mark(to);
      }
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** The classes whose name holds every word, or whose number it is; names that begin so come first. */
export function findClasses(
  options: readonly ClassOption[],
  query: string,
): readonly ClassOption[] {
  const text = query.trim().toLowerCase();
  const words = text.split(/\s+/).filter(Boolean);
  const found = options.filter(({ index, label }) => {
    const name = label.toLowerCase();
    return String(index) === text || words.every((word) => name.includes(word));
  });
  const isFirst = ({ index, label }: ClassOption): boolean =>
    String(index) === text || label.toLowerCase().startsWith(text);
  return text === ''
    ? found
    : [...found.filter(isFirst), ...found.filter((each) => !isFirst(each))];
}

function more(words: string): HTMLElement {
  return element('div', { class: 'explain-classes-more quiet', role: 'presentation' }, words);
}

function clearButton(label: string, clear: () => void, input: HTMLInputElement): HTMLButtonElement {
  const take = (): void => {
    clear();
    input.focus();
  };
  const made = button('', take, { kind: 'plain explain-clear', 'aria-label': `Clear “${label}”` });
  made.append(icon('close'));
  return made;
}
