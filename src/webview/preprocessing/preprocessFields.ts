import { channelOrders, fitModes, resizeFilters } from '../../network/preprocess/checkPreprocess';
import type { Fit } from '../../network/preprocess/preprocess';
import { element } from '../draw/element';
import type { PreprocessDraft } from './preprocessDraft';
import type { StepId } from './stepRows';

const modeNames: Readonly<Record<Fit['mode'], string>> = {
  stretch: 'Stretch to the input',
  crop: 'Short side, centre crop',
  warp: 'Warp, centre crop',
};

const sideNames: Readonly<Record<string, string>> = {
  crop: 'Short side in pixels',
  warp: 'Side of the square in pixels',
};

type Field = HTMLInputElement | HTMLSelectElement;

/** The form fields of the preprocessing, grouped by step. They hold a draft as text; the form checks it. */
export class PreprocessFields {
  /** What a step's controls are made of; the others have none. */
  readonly content: Readonly<Partial<Record<StepId, readonly HTMLElement[]>>>;
  private readonly mode = select('Fit of the picture', fitModes, modeNames);
  private readonly side = numberField('');
  private readonly filter = select('Resize filter', resizeFilters, {});
  private readonly scale = numberField('Scale');
  private readonly order = select('Channel order', channelOrders, {});
  private readonly mean = new ChannelFields();
  private readonly std = new ChannelFields();
  private grey = false;

  constructor() {
    this.content = {
      fit: [this.mode, this.side, this.filter],
      scale: [element('span', { 'aria-hidden': 'true' }, '×'), this.scale],
      order: [this.order],
      mean: this.mean.labels,
      std: this.std.labels,
    };
  }

  /** Whether the network takes the picture's grey: one channel, which has no order. */
  set isGrey(isGrey: boolean) {
    this.grey = isGrey;
    this.order.hidden = isGrey;
    for (const [channel, label] of [...this.mean.labels.entries(), ...this.std.labels.entries()])
      label.hidden = isGrey && channel > 0;
    this.label();
  }

  read(): PreprocessDraft {
    const { mode, side, filter, scale, order, mean, std } = this;
    return {
      mode: mode.value,
      side: side.value,
      filter: filter.value,
      scale: scale.value,
      order: order.value,
      mean: this.valuesOf(mean),
      std: this.valuesOf(std),
    };
  }

  write(draft: PreprocessDraft): void {
    const { mode, side, filter, scale, order, mean, std } = this;
    for (const [field, value] of [
      [mode, draft.mode],
      [side, draft.side],
      [filter, draft.filter],
      [scale, draft.scale],
      [order, draft.order],
      ...mean.fields.map((field, channel) => [field, draft.mean[channel] ?? ''] as const),
      ...std.fields.map((field, channel) => [field, draft.std[channel] ?? ''] as const),
    ] as const) {
      field.value = value;
    }
    this.label();
  }

  /** Names that follow from other fields: what the size is of, and which channel comes first. */
  label(): void {
    const name = sideNames[this.mode.value];
    this.side.hidden = name === undefined;
    this.side.setAttribute('aria-label', name ?? '');
    this.side.title = name ?? '';
    for (const [channel, own] of this.order.value.split('').entries()) {
      const letter = this.grey ? '' : own;
      this.mean.name(channel, letter, `Mean ${letter}`.trim());
      this.std.name(channel, letter, `Standard deviation ${letter}`.trim());
    }
  }

  /** The first channel's counts for all three of a grey picture. */
  private valuesOf({ fields }: ChannelFields): readonly string[] {
    return fields.map(({ value }) => (this.grey ? (fields[0]?.value ?? '') : value));
  }

  /** Marks the controls of a step as refused, and says where the sentence is; undefined clears it. */
  refuse(step: StepId, sentenceId: string | undefined): void {
    for (const field of this.of(step)) {
      if (sentenceId === undefined) {
        field.removeAttribute('aria-invalid');
        field.removeAttribute('aria-describedby');
      } else {
        field.setAttribute('aria-invalid', 'true');
        field.setAttribute('aria-describedby', sentenceId);
      }
    }
  }

  private of(step: StepId): readonly Field[] {
    return (this.content[step] ?? []).flatMap((part) =>
      part.matches('input, select') ? [part as Field] : [...part.querySelectorAll('input')],
    );
  }
}

function select(
  name: string,
  values: readonly string[],
  names: Readonly<Record<string, string>>,
): HTMLSelectElement {
  const options = values.map((value) => element('option', { value }, names[value] ?? value));
  return element('select', { class: 'select', 'aria-label': name, title: name }, ...options);
}

/** A text, not a number field: `1/255` is welcome, and what is no number can be named. */
function numberField(name: string): HTMLInputElement {
  return element('input', {
    class: 'input',
    'aria-label': name,
    inputmode: 'decimal',
    autocomplete: 'off',
    spellcheck: 'false',
  });
}

/** Three numbers with the letters of their channels. */
class ChannelFields {
  readonly fields: readonly HTMLInputElement[];
  readonly labels: readonly HTMLElement[];
  private readonly letters = [0, 1, 2].map(() => element('span', { class: 'quiet' }));

  constructor() {
    this.fields = this.letters.map(() => numberField(''));
    this.labels = this.fields.map((field, channel) =>
      element(
        'label',
        { class: 'channel-field' },
        ...this.letters.slice(channel, channel + 1),
        field,
      ),
    );
  }

  name(channel: number, letter: string, name: string): void {
    this.letters[channel]?.replaceChildren(letter);
    this.fields[channel]?.setAttribute('aria-label', name);
  }
}
