import type { MapCell } from '../draw/grid';
import { button, element } from '../draw/element';
import type { Actions } from '../state/actions';

interface Chosen {
  readonly layer: string;
  /** The layer is a list of units. */
  readonly units: boolean;
  readonly channel: number;
  /** The channel is shown large, where one of its cells may be chosen. */
  readonly large: boolean;
}

/** What can be asked about the channel or unit that is chosen, and about one cell of a large channel. */
export class ChannelActions {
  readonly element: HTMLElement;
  private readonly channel: HTMLButtonElement;
  private readonly cell: HTMLButtonElement;
  private chosen: Chosen | undefined;
  private at: MapCell | undefined;

  constructor(private readonly actions: Pick<Actions, 'explainUnit'>) {
    const title = 'What in the picture it answers to';
    const kind = 'secondary small';
    this.channel = button('', () => this.explainChannel(), { kind, title });
    this.cell = button('', () => this.explainCell(), { kind, title });
    this.element = element('div', { class: 'channel-actions' }, this.channel, this.cell);
  }

  update(chosen: Chosen): void {
    if (this.chosen?.layer !== chosen.layer) this.at = undefined;
    this.chosen = chosen;
    this.draw();
  }

  /** A cell of the channel, or none. */
  choose(cell: MapCell | undefined): void {
    this.at = cell;
    this.draw();
  }

  /** Of a list of units, another than the chosen one. */
  explainUnit(unit: number): void {
    if (this.chosen) this.actions.explainUnit({ layer: this.chosen.layer, unit: [0, 0, unit] });
  }

  private draw(): void {
    const { chosen, at } = this;
    if (!chosen) return;
    this.channel.textContent = `Explain ${chosen.units ? 'unit' : 'channel'} ${chosen.channel}`;
    this.cell.hidden = !chosen.large || at === undefined;
    if (at) this.cell.textContent = `Explain row ${at.row}, column ${at.column}`;
  }

  private explainChannel(): void {
    const { chosen } = this;
    if (!chosen) return;
    const { layer, units, channel } = chosen;
    if (units) this.explainUnit(channel);
    else this.actions.explainUnit({ layer, channel });
  }

  private explainCell(): void {
    const { chosen, at } = this;
    if (!chosen || !at) return;
    const { layer, channel } = chosen;
    this.actions.explainUnit({ layer, unit: [at.row, at.column, channel] });
  }
}
