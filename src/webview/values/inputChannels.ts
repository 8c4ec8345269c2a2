import type { ConvolutionOperands } from '../../network/layers/operands';
import { element } from '../draw/element';
import { heatScale } from '../draw/heatScale';
import { channelSums } from '../layers/stages/convolutionStages';
import { MarkedMap } from './markedMap';
import { NumberField } from './numberField';

/** The input channel that is multiplied before the person's eyes; undefined: the one that adds most, either way. */
export type InputChannel = number | 'all' | undefined;

/** The channel whose products add most, either way. */
export function strongestInput(operands: ConvolutionOperands): number {
  const sums = channelSums(operands);
  return sums.reduce((best, sum, at) => (Math.abs(sum) > Math.abs(sums[best] ?? 0) ? at : best), 0);
}

/** Chooses one of a convolution's many input channels, or all: by number, or on a strip of what each adds. */
export class InputChannels {
  readonly element: HTMLElement;
  private readonly field: NumberField;
  private readonly all = element('input', { type: 'checkbox' });
  private readonly strip: MarkedMap;
  private first = 0;
  private chosen = 0;

  constructor(select: (channel: number | 'all') => void) {
    this.field = new NumberField('Input channel', (channel) => select(channel - this.first));
    this.strip = new MarkedMap({ class: 'marked-map channel-strip' }, (_, column) =>
      select(column),
    );
    this.all.addEventListener('change', () => select(this.all.checked ? 'all' : this.chosen));
    this.element = element(
      'div',
      { class: 'input-channels' },
      element(
        'div',
        { class: 'input-fields' },
        this.field.element,
        element('label', { class: 'check' }, this.all, 'All channels'),
      ),
      this.strip.element,
      element('p', { class: 'quiet' }, 'What each channel adds: blue below 0, red above.'),
    );
  }

  update(operands: ConvolutionOperands, chosen: number | 'all'): void {
    const { channels, firstChannel } = operands;
    if (chosen !== 'all') this.chosen = chosen;
    this.all.checked = chosen === 'all';
    this.field.element.hidden = chosen === 'all';
    this.first = firstChannel;
    const last = firstChannel + channels - 1;
    this.field.update(firstChannel + this.chosen, last, firstChannel);
    const values = Float32Array.from(channelSums(operands));
    const scale = { ...heatScale(values), kind: 'diverging' } as const;
    this.strip.show({
      columns: channels,
      rows: 1,
      values,
      scale,
      channel: undefined,
      units: false,
    });
    this.mark(undefined);
  }

  /** Frames the channel that is added now; the chosen one while none is. */
  mark(adding: number | undefined): void {
    this.strip.element.classList.toggle('unmarked', adding === undefined && this.all.checked);
    this.strip.mark(0, adding ?? this.chosen);
  }
}
