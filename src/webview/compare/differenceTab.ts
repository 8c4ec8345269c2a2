import type { LayerSummary } from '../../network/summary';
import type { Cell } from '../../network/tensor/cell';
import type { Difference } from '../../protocol/comparison';
import type { RunView } from '../../protocol/panelProtocol';
import { channelTicks } from '../channels/channelTicks';
import { isUnits } from '../channels/channelWords';
import { TilePicture, tileProbe } from '../channels/tilePicture';
import { channelOrder } from '../draw/channelOrder';
import { channelScale } from '../draw/channelScale';
import { strongestCell } from '../draw/channelStats';
import { colourBar } from '../draw/colourBar';
import { colourStops, colourTable } from '../draw/colourMap';
import { element } from '../draw/element';
import { factRows } from '../draw/factList';
import { formatCount } from '../draw/numberFormat';
import { Readout } from '../draw/readout';
import { dirtyCheck } from '../draw/redraw';
import { ResourceNote } from '../draw/resource';
import type { ProbeMarks } from '../probe/probeMarks';
import type { Actions } from '../state/actions';
import type { Model } from '../state/model';
import type { Tab } from '../state/tab';
import { channelTrio } from './channelTrio';
import { differenceFacts, differenceLine } from './differenceWords';
import { layerDifference, type LayerDifference } from './layerDifference';

interface Sides {
  readonly a: RunView;
  readonly b: RunView;
  readonly difference: Difference;
}

/** A layer in two runs: B − A of every channel, the most different first, and one of them beside its two sides. */
export class DifferenceTab implements Tab {
  readonly id = 'difference';
  readonly label = 'B − A';
  readonly element = element('div', { class: 'channels difference' });
  private readonly note: ResourceNote;
  private readonly facts = element('dl', { class: 'channel-facts' });
  private readonly bar = element('div', { class: 'channel-bar' });
  private readonly trio = element('div', {});
  private readonly readout = new Readout('readout');
  private readonly tiles: TilePicture;
  private readonly content: HTMLElement;
  private readonly changed = dirtyCheck();
  private readonly trioChanged = dirtyCheck();
  /** What the person chose of these two sides; until then it is the channel that differs most. */
  private picked: { readonly of: LayerDifference; readonly channel: number } | undefined;
  private shown:
    | { readonly layer: string; readonly of: LayerDifference; readonly channel: number }
    | undefined;
  private readonly orders = new WeakMap<LayerDifference, Uint32Array>();

  constructor(private readonly actions: Actions) {
    this.note = new ResourceNote(actions.askAgain);
    const select = (channel: number): void => {
      if (this.shown) this.picked = { of: this.shown.of, channel };
      actions.look({ channel });
    };
    this.tiles = new TilePicture({
      select,
      keyboardAt: (channel) => {
        if (this.shown) this.pointAt(furthest(this.shown.of, channel));
      },
      enlarge: select,
      point: (cell) => {
        if (!this.shown) return;
        this.pointAt(cell);
        if (!cell && this.readout.aloud) return;
        const { of, channel } = this.shown;
        this.readout.show(differenceLine(of, cell ?? furthest(of, channel)), { aloud: false });
      },
    });
    this.content = element(
      'div',
      { class: 'channels-content' },
      this.facts,
      this.trio,
      this.readout.element,
      this.bar,
      element('div', { class: 'channel-views' }, this.tiles.element),
    );
  }

  shows({ name }: LayerSummary, model: Model): boolean {
    return sidesOf(model, name) !== undefined;
  }

  update(model: Model, { name }: LayerSummary): void {
    const sides = sidesOf(model, name);
    if (!sides) return;
    if (!this.content.isConnected) this.element.append(this.note.element, this.content);
    const answers = [sides.a, sides.b].map(({ runId }) => model.data.activation(runId, name));
    const [a, b] = answers;
    const failed = answers.find(({ status }) => status === 'failed');
    const ready = a?.status === 'ready' && b?.status === 'ready';
    this.content.hidden = !ready;
    this.note.update(
      failed ?? answers.find(({ status }) => status === 'loading'),
      `the values of ${name}`,
    );
    if (ready) this.draw(model, { ...sides, name }, layerDifference(a.value, b.value));
  }

  probe(marks: ProbeMarks | undefined): void {
    const { shown } = this;
    const marked = shown && !isUnits(shown.of.apart.maps) && marks?.maps.get(shown.layer);
    this.tiles.probe(marked || []);
  }

  private pointAt(cell: Cell | undefined): void {
    const { shown } = this;
    const probe = shown && cell && tileProbe(shown.layer, shown.of.apart.maps, cell);
    this.actions.probe(probe, { aloud: false });
  }

  private draw(
    { view }: Model,
    { difference, name }: Sides & { readonly name: string },
    of: LayerDifference,
  ): void {
    const { apart } = of;
    const { channels } = apart.maps;
    const order =
      this.orders.get(of) ?? channelOrder(apart, isUnits(apart.maps) ? 'index' : 'energy');
    this.orders.set(of, order);
    const channel = this.picked?.of === of ? this.picked.channel : (order[0] ?? 0);
    const scale = { ...channelScale(apart, 'shared', 0), kind: 'diverging' } as const;
    const { colours: map } = view.channels;
    if (this.changed(of, map)) {
      this.facts.replaceChildren(...factRows(differenceFacts(difference)));
      const ticks = channelTicks(scale.kind, apart.peak, { clipped: false });
      this.bar.replaceChildren(colourBar(scale.kind, ticks, colourStops(map, scale.kind)));
    }
    const moved = this.trioChanged(of, channel);
    this.shown = { layer: name, of, channel };
    if (moved) {
      const trio = channelTrio(of, channel);
      this.trio.replaceChildren(...(trio ? [trio] : []));
      this.readout.show(differenceLine(of, furthest(of, channel)), { aloud: true });
    }
    this.tiles.update({
      stats: apart,
      order,
      scale,
      colours: colourTable(map, scale.kind),
      channel,
      marked: [],
      name: `B − A of ${name}: ${formatCount(channels)} ${isUnits(apart.maps) ? 'units' : 'channels, the most different first'}. Arrows walk them`,
    });
  }
}

/** The two runs, where this layer can be compared value by value. */
function sidesOf({ state, original: run }: Model, name: string): Sides | undefined {
  const { comparison, reference } = state;
  if (comparison?.status !== 'ready' || comparison.runId !== run?.runId) return undefined;
  const difference = comparison.layers.find((layer) => layer.name === name)?.difference;
  const ran = run.layers.some((layer) => layer.name === name);
  return difference && ran && reference ? { a: reference, b: run, difference } : undefined;
}

function furthest({ apart }: LayerDifference, channel: number): Cell {
  return { channel, ...strongestCell(apart.maps, channel) };
}
