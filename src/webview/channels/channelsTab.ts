import type { Cell } from '../../network/tensor/cell';
import type { MapCell } from '../draw/grid';
import type { LayerSummary } from '../../network/summary';
import type { RunView } from '../../protocol/panelProtocol';
import type { RgbPicture } from '../../protocol/runMaps';
import type { Actions } from '../state/actions';
import type { Tab } from '../state/tab';
import { element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import { factRows } from '../draw/factList';
import { ResourceNote } from '../draw/resource';
import { Readout } from '../draw/readout';
import { cellLine, channelLine, isUnits, layerStatFacts, tilesName } from './channelWords';
import { channelKeys, channelOrder, orderBy, type ChannelSort } from '../draw/channelOrder';
import { channelScale, type ChannelScale } from '../draw/channelScale';
import { isDead, layerStats, strongestCell, type LayerStats } from '../draw/channelStats';
import { channelTicks } from './channelTicks';
import { colourStops, colourTable } from '../draw/colourMap';
import { colourBar } from '../draw/colourBar';
import type { ProbeMarks } from '../probe/probeMarks';
import { isChanging } from '../state/changedRun';
import { channelOf, type Model } from '../state/model';
import { ChannelActions } from './channelActions';
import { ChannelControls } from './channelControls';
import { LargeChannel } from './largeChannel';
import { OffSwitch } from './offSwitch';
import { ShareList } from './shareList';
import {
  askedWords,
  isBeforeAnswer,
  offIn,
  rankedStats,
  sharesOf,
  type Shares,
} from './shownChannels';
import { strongestUnits } from './strongestUnits';
import { TilePicture, type TileHandlers, tileProbe } from './tilePicture';

const listedUnits = 10;

/** Every channel of a layer: tiles, numbers, and one of them large over the picture. */
export class ChannelsTab implements Tab {
  readonly id = 'channels';
  readonly label = 'Channels';
  readonly element = element('div', { class: 'channels' });
  private readonly note: ResourceNote;
  private readonly facts = element('dl', { class: 'channel-facts' });
  private readonly bar = element('div', { class: 'channel-bar' });
  private readonly list = element('div', { class: 'unit-list', tabindex: 0 });
  private readonly readout = new Readout('readout');
  private readonly controls: ChannelControls;
  private readonly ask: ChannelActions;
  private readonly tiles: TilePicture;
  private readonly large: LargeChannel;
  private readonly content: HTMLElement;
  private readonly statsChanged = dirtyCheck();
  private readonly barChanged = dirtyCheck();
  private readonly listChanged = dirtyCheck();
  private readonly orderChanged = dirtyCheck();
  private readonly switch: OffSwitch;
  private readonly shares: ShareList;
  private shown:
    | {
        readonly layer: string;
        /** Of the picture that ran. */
        readonly preview: RgbPicture;
        readonly stats: LayerStats;
        readonly order: Uint32Array;
        readonly channel: number;
        readonly off: readonly number[];
        readonly shares: Shares | undefined;
      }
    | undefined;

  constructor(private readonly actions: Actions) {
    this.note = new ResourceNote(actions.askAgain);
    this.controls = new ChannelControls(actions);
    this.ask = new ChannelActions(actions);
    this.tiles = new TilePicture(this.tileHandlers());
    this.large = new LargeChannel(
      {
        look: actions.look,
        close: () => {
          actions.look({ channels: { large: false } });
          this.tiles.focus();
        },
        step: (tiles) => this.step(tiles),
        toggle: () => this.switch.toggle(),
        point: (cell) => this.pointAt(cell),
        choose: (cell) => this.ask.choose(cell),
      },
      this.readout,
    );
    this.switch = new OffSwitch(actions);
    this.shares = new ShareList({
      choose: (channel) => actions.look({ channel }),
      toggle: (channel) => this.switch.toggle(channel),
    });
    this.ask.element.append(this.switch.element);
    const views = element(
      'div',
      { class: 'channel-views' },
      this.large.element,
      this.tiles.element,
      this.list,
      this.shares.element,
    );
    this.content = element(
      'div',
      { class: 'channels-content' },
      this.facts,
      this.controls.element,
      this.bar,
      this.readout.element,
      this.ask.element,
      views,
    );
    this.element.append(this.note.element, this.content);
  }

  shows({ name }: LayerSummary, { run }: Model): boolean {
    return run?.layers.some((layer) => layer.name === name) ?? false;
  }

  update(model: Model, summary: LayerSummary): void {
    const { run, data } = model;
    this.switch.follow(model);
    if (!run) return;
    const loaded = data.activation(run.runId, summary.name);
    // A changed run makes way for the next one before all of it is read.
    const isPassing = loaded.status === 'failed' && isChanging(model.state);
    const loading = loaded.status === 'loading' || isPassing;
    // The channels of the run before stay until the next are there, and the keyboard with them.
    const stays = loading && !this.content.hidden && this.shown?.layer === summary.name;
    this.content.hidden = !stays && loaded.status !== 'ready';
    this.element.setAttribute('aria-busy', String(loading));
    this.note.update(stays ? undefined : loaded, `the values of ${summary.name}`);
    if (loaded.status === 'ready') this.draw(model, { run, summary }, layerStats(loaded.value));
    // Of the same picture they can be walked until then.
    else if (stays && this.shown?.preview === run.preview)
      this.draw(model, { run, summary }, this.shown.stats);
  }

  probe(marks: ProbeMarks | undefined): void {
    const { shown } = this;
    const rects = (shown && marks?.maps.get(shown.layer)) ?? [];
    this.large.probe(rects);
    // A flat list's tiles stand in an order of their own; the cursor itself is on the unit.
    this.tiles.probe(shown && isUnits(shown.stats.maps) ? [] : rects);
  }

  private draw(
    model: Model,
    { run, summary }: { readonly run: RunView; readonly summary: LayerSummary },
    stats: LayerStats,
  ): void {
    const { view } = model;
    const looks = view.channels;
    const { maps } = stats;
    const units = isUnits(maps);
    const channel = channelOf(model, summary);
    const { name } = summary;
    const canAdd = isBeforeAnswer(model, name);
    const chosen = units ? looks.unitSort : looks.sort;
    const sort = chosen === 'adds' && !canAdd ? 'index' : chosen;
    const shares = sort === 'adds' ? this.sharesNow(model, summary) : undefined;
    const off = offIn(run, name);
    const order = this.orderNow(rankedStats(model, summary, stats), sort, shares);
    const scale = channelScale(stats, units ? 'shared' : looks.scale, looks.clip);
    const colours = colourTable(looks.colours, scale.kind);
    const note = { isOff: off.includes(channel), shares };
    const line = channelLine(stats, channel, note);
    const moved = this.shown?.stats !== stats || this.shown.channel !== channel;
    const told = moved || this.shown?.shares?.adds !== shares?.adds;
    this.shown = { layer: name, preview: run.preview, stats, order, channel, off, shares };
    const asked = askedWords(model);
    this.ask.update({ layer: name, units, channel, large: looks.large && !units });
    this.controls.update({ view: looks, sort, units, asked, canAdd });
    if (this.statsChanged(stats)) this.facts.replaceChildren(...factRows(layerStatFacts(stats)));
    if (this.barChanged(scale, channel, looks.colours)) this.drawBar(model, scale, channel);
    const byValue = units && sort !== 'adds';
    const strongest = byValue ? [...channelOrder(stats, 'max').slice(0, listedUnits)] : [];
    this.drawList(model, stats, strongest);
    this.switch.update({ layer: name, channel, isOff: note.isOff, isPossible: canAdd });
    this.shares.element.hidden = shares === undefined;
    if (shares) this.shares.update({ shares, order, off, what: units ? 'unit' : 'channel' });
    const map = { stats, channel, scale, colours };
    const large = looks.large && !units;
    this.element.classList.toggle('with-large', large);
    this.element.classList.toggle('of-units', units);
    const placement = { field: summary.receptiveField, cells: maps, input: run.seen };
    const shown = { ...map, rank: order.indexOf(channel), view: looks, sort, note, placement };
    this.large.update(large ? { ...shown, seen: run.seen } : undefined);
    this.tiles.update({ ...map, order, marked: strongest, off, name: tilesName(name, stats, off) });
    if (told) this.readout.show(line, { aloud: moved });
  }

  /** What was there last of the same layer and class stays until there is more. */
  private sharesNow(model: Model, summary: LayerSummary): Shares | undefined {
    const found = sharesOf(model, summary);
    const { shown } = this;
    if (found || shown?.layer !== summary.name) return found;
    return shown.shares?.target === askedWords(model) ? shown.shares : undefined;
  }

  /** The same array until something that it follows from has changed. */
  private orderNow(stats: LayerStats, sort: ChannelSort, shares: Shares | undefined): Uint32Array {
    const isSame = !this.orderChanged(stats, sort, shares?.adds);
    if (isSame && this.shown) return this.shown.order;
    return orderBy(stats.maps.channels, channelKeys(stats, sort, shares?.adds));
  }

  private drawBar({ view }: Model, scale: ChannelScale, channel: number): void {
    const { colours, clip } = view.channels;
    const reach = scale.reach[channel] ?? 0;
    const ticks = channelTicks(scale.kind, reach, { clipped: clip > 0 });
    this.bar.replaceChildren(colourBar(scale.kind, ticks, colourStops(colours, scale.kind)));
  }

  private drawList({ run, shown, data }: Model, stats: LayerStats, units: readonly number[]): void {
    this.list.hidden = units.length === 0;
    const answer = run?.trained && units.length > 0 ? data.labels(shown.document) : undefined;
    const all = answer?.status === 'ready' ? answer.value : undefined;
    const labels = all?.length === stats.maps.channels ? all : undefined;
    if (!this.listChanged(stats, labels) || units.length === 0) return;
    this.list.replaceChildren(
      strongestUnits(stats, units, labels, (unit) => this.ask.explainUnit(unit)),
    );
  }

  private tileHandlers(): TileHandlers {
    return {
      select: (channel) => this.actions.look({ channel }),
      keyboardAt: (channel) => this.pointAtStrongest(channel),
      toggle: (channel) => this.switch.toggle(channel),
      enlarge: (channel, { focus }) => {
        this.actions.look({ channel });
        if (this.shown && isUnits(this.shown.stats.maps)) return;
        this.actions.look({ channels: { large: true } });
        if (focus) this.large.focus();
      },
      point: (cell) => {
        const { shown } = this;
        if (!shown) return;
        this.pointAt(cell);
        // A pointer that leaves does not talk over what the keyboard was told.
        if (!cell && this.readout.aloud) return;
        const words = cell
          ? cellLine(shown.stats.maps, cell.channel, cell.row, cell.column)
          : channelLine(shown.stats, shown.channel, {
              isOff: shown.off.includes(shown.channel),
              shares: shown.shares,
            });
        this.readout.show(words, { aloud: false });
      },
    };
  }

  /** The keyboard walks whole channels: points at the strongest cell, and at none of a dead channel. */
  private pointAtStrongest(channel: number): void {
    const { shown } = this;
    if (!shown) return;
    const { maps } = shown.stats;
    const silent = !isUnits(maps) && isDead(shown.stats, channel);
    this.pointAt(silent ? undefined : { ...strongestCell(maps, channel), channel });
  }

  /** The readout beside it speaks. */
  private pointAt(cell: (MapCell & Partial<Pick<Cell, 'channel'>>) | undefined): void {
    const { shown } = this;
    if (!shown) return;
    const { layer, stats, channel } = shown;
    const probe = cell && tileProbe(layer, stats.maps, { channel, ...cell });
    this.actions.probe(probe, { aloud: false });
  }

  private step(tiles: number): void {
    const { shown } = this;
    if (!shown) return;
    const channel = shown.order[shown.order.indexOf(shown.channel) + tiles];
    if (channel !== undefined) this.actions.look({ channel });
  }
}
