import { button, element } from '../draw/element';
import type { Actions } from '../state/actions';
import type { Model } from '../state/model';
import { isBeforeAnswer } from './shownChannels';

interface Drawn {
  readonly layer: string;
  readonly channel: number;
  readonly isOff: boolean;
  readonly isPossible: boolean;
}

/** Switches channels off, and on again; its button is for the one that is looked at. */
export class OffSwitch {
  readonly element: HTMLElement;
  private readonly made: HTMLButtonElement;
  private model: Model | undefined;
  private drawn: Drawn | undefined;

  constructor(private readonly actions: Pick<Actions, 'look' | 'tell'>) {
    this.made = button('', () => this.toggle(), { kind: 'secondary small', title: 'x' });
    this.element = element('div', { class: 'off-switch' }, this.made);
  }

  /** What is wanted by now, which may be more than what is drawn. */
  follow(model: Model): void {
    this.model = model;
  }

  update(drawn: Drawn): void {
    const { channel, isOff, isPossible } = drawn;
    this.drawn = drawn;
    this.element.hidden = !isPossible;
    const words = `Switch ${channel} ${isOff ? 'on again' : 'off'}`;
    if (this.made.textContent !== words) this.made.textContent = words;
  }

  /** Switches the channel that is looked at, or another of its layer. */
  toggle(channel = this.drawn?.channel): void {
    const { model, drawn } = this;
    if (!drawn || !model?.original || channel === undefined) return;
    if (!isBeforeAnswer(model, drawn.layer)) return;
    // Another one would answer most without it.
    if (model.view.channel === undefined) this.actions.look({ channel: drawn.channel });
    const wanted = model.state.whatIf?.changes.off?.[drawn.layer] ?? [];
    this.actions.tell('switchChannels', {
      of: model.original.runId,
      layer: drawn.layer,
      channels: [channel],
      off: !wanted.includes(channel),
    });
  }
}
