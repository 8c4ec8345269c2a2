import type { RgbPicture } from '../../protocol/runMaps';
import type { ChannelSort } from '../draw/channelOrder';
import type { ChannelScale } from '../draw/channelScale';
import { strongestCell, type LayerStats } from '../draw/channelStats';
import type { ColourTable } from '../draw/colourMap';
import { button, element } from '../draw/element';
import type { MapCell } from '../draw/grid';
import { cellAfterKey } from '../draw/gridKeys';
import { icon } from '../draw/icon';
import { cellRect, mapPoint, mapRect, seenRect, type MapPlacement } from '../draw/mapPlacement';
import { onPointer } from '../draw/onPointer';
import { paintMap } from '../draw/paintMap';
import { pictureImage, putPixels } from '../draw/pixels';
import type { Readout } from '../draw/readout';
import type { Rect } from '../draw/rect';
import { dirtyCheck } from '../draw/redraw';
import { partOf, within } from '../probe/areaRects';
import { placeMarks } from '../probe/placeMarks';
import type { Actions } from '../state/actions';
import type { ChannelView } from '../state/viewState';
import {
  cellLine,
  channelLine,
  noteWords,
  rankWords,
  seenWords,
  type ChannelNote,
} from './channelWords';
import { MapLooks } from './mapLooks';

export interface LargeMap {
  readonly stats: LayerStats;
  readonly channel: number;
  /** Its place in the order of the tiles, from 0. */
  readonly rank: number;
  readonly scale: ChannelScale;
  readonly colours: ColourTable;
  readonly placement: MapPlacement;
  readonly seen: RgbPicture;
  readonly view: ChannelView;
  /** What it is sorted by. */
  readonly sort: ChannelSort;
  readonly note: ChannelNote;
}

interface LargeHandlers extends Pick<Actions, 'look'> {
  readonly close: () => void;
  /** `x`: switches the channel off, or on again. */
  readonly toggle: () => void;
  /** To the channel so many tiles on. */
  readonly step: (tiles: number) => void;
  /** The pointer or the keyboard is on a cell, or has left. */
  readonly point: (cell: MapCell | undefined) => void;
  /** A click or the keyboard went to a cell, which stays; to none in another channel. */
  readonly choose: (cell: MapCell | undefined) => void;
}

/** One channel over the picture as the network saw it; a cell shows what it sees of it. */
export class LargeChannel {
  readonly element: HTMLElement;
  private readonly title = element('h3');
  private readonly picture = element('img', { alt: '' });
  private readonly canvas = element('canvas');
  private readonly cellFrame = element('div', { class: 'cell-frame', hidden: true });
  private readonly seenFrame = element('div', { class: 'seen-frame', hidden: true });
  private readonly frames = element('div', { class: 'probe-frames' });
  private readonly stage = element(
    'div',
    { class: 'large-stage', role: 'application', tabindex: 0 },
    this.picture,
    this.canvas,
    this.seenFrame,
    this.cellFrame,
    this.frames,
  );
  private readonly looks: MapLooks;
  private readonly changed = dirtyCheck();
  private map: LargeMap | undefined;
  /** The cell that the keyboard or a click went to. */
  private cell: MapCell | undefined;

  constructor(
    private readonly handlers: LargeHandlers,
    private readonly readout: Readout,
  ) {
    this.looks = new MapLooks(handlers);
    const close = button('', handlers.close, {
      kind: 'plain',
      'aria-label': 'Close the large channel',
      title: 'Close (Esc)',
    });
    close.append(icon('close'));
    this.element = element(
      'section',
      { class: 'large-channel', 'aria-label': 'Large channel', hidden: true },
      element('div', { class: 'large-head' }, this.title, close),
      element('div', { class: 'large-box' }, this.stage),
      this.looks.element,
    );
    this.element.addEventListener('keydown', (event) => this.key(event));
    onPointer(this.stage, {
      move: (event) => this.point(this.cellUnder(event), false),
      leave: () => this.point(this.cell, false),
    });
    this.stage.addEventListener('blur', () => handlers.point(undefined));
    this.stage.addEventListener('click', (event) => this.choose(this.cellUnder(event), false));
    new ResizeObserver(() => requestAnimationFrame(() => this.draw())).observe(this.stage);
  }

  /** Takes the keyboard to the channel's strongest cell. */
  focus(): void {
    this.stage.focus();
    if (!this.map) return;
    this.choose(strongestCell(this.map.stats.maps, this.map.channel), true);
  }

  update(map: LargeMap | undefined): void {
    this.element.hidden = map === undefined;
    if (!map) return;
    if (map.stats !== this.map?.stats) this.cell = undefined;
    this.map = map;
    const { stats, channel, seen, view } = map;
    const { channels } = stats.maps;
    this.title.replaceChildren(
      `Channel ${channel}`,
      element('span', { class: 'quiet' }, ` ${rankWords(map.rank, channels, map.sort)}`),
    );
    const known = noteWords(map.note, channel);
    this.stage.setAttribute(
      'aria-label',
      `Channel ${channel}${known} over the picture: arrows walk its cells`,
    );
    this.stage.style.aspectRatio = `${seen.width} / ${seen.height}`;
    const url = pictureImage(seen);
    if (this.picture.src !== url) this.picture.src = url;
    this.canvas.style.opacity = String(view.opacity);
    this.looks.update(view);
    this.draw();
    this.mark(this.cell);
  }

  /** Marks parts of the map, from 0 to 1; what is pointed at here has frames of its own. */
  probe(rects: readonly Rect[]): void {
    if (!this.map) return;
    const { input } = this.map.placement;
    const whole = mapRect(this.map.placement);
    const marked = this.isPointedAt() ? [] : rects;
    placeMarks(
      this.frames,
      marked.map((rect) => partOf(within(rect, whole), input)),
    );
  }

  private draw(): void {
    const { map } = this;
    const { clientWidth, clientHeight } = this.stage;
    if (!map || clientWidth === 0) return;
    const { stats, channel, scale, colours, placement, view } = map;
    const { smooth } = view;
    const reach = scale.reach[channel] ?? 0;
    const ratio = devicePixelRatio;
    const sources = [stats, channel, reach, colours, smooth, ratio, clientWidth, clientHeight];
    if (!this.changed(...sources)) return;
    const size = {
      width: Math.round(clientWidth * ratio),
      height: Math.round(clientHeight * ratio),
    };
    const { maps } = stats;
    const pixels = paintMap({ maps, channel, placement, reach, colours, smooth }, size);
    putPixels(this.canvas, pixels, size);
  }

  private cellUnder({ offsetX, offsetY }: MouseEvent): MapCell | undefined {
    const { map, stage } = this;
    if (!map) return undefined;
    const { input } = map.placement;
    const x = (offsetX * input.width) / stage.clientWidth;
    const y = (offsetY * input.height) / stage.clientHeight;
    const point = mapPoint(map.placement, x, y);
    return point && { row: Math.floor(point.row), column: Math.floor(point.column) };
  }

  private choose(cell: MapCell | undefined, aloud: boolean): void {
    this.cell = cell;
    this.point(cell, aloud);
    this.handlers.choose(cell);
  }

  private point(cell: MapCell | undefined, aloud: boolean): void {
    const { map } = this;
    if (!map) return;
    const { stats, channel, placement, note } = map;
    this.mark(cell);
    const words = cell
      ? `${cellLine(stats.maps, channel, cell.row, cell.column)} · ${seenWords(seenRect(placement, cell.row, cell.column))}`
      : channelLine(stats, channel, note);
    this.readout.show(words, { aloud });
    this.handlers.point(this.isPointedAt() ? cell : undefined);
  }

  private isPointedAt(): boolean {
    return this.stage.matches(':hover, :focus');
  }

  private mark(cell: MapCell | undefined): void {
    const { map } = this;
    this.cellFrame.hidden = this.seenFrame.hidden = cell === undefined;
    if (!map || !cell) return;
    const { input } = map.placement;
    place(this.cellFrame, cellRect(map.placement, cell.row, cell.column), input);
    place(this.seenFrame, seenRect(map.placement, cell.row, cell.column), input);
  }

  private key(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.handlers.close();
      return;
    }
    if (event.target !== this.stage || !this.map) return;
    const before = this.cell ?? { row: 0, column: 0 };
    const cell = cellAfterKey(event.key, before, this.map.stats.maps);
    if (cell) this.choose(cell, true);
    else if (event.key === 'PageUp') this.handlers.step(-1);
    else if (event.key === 'PageDown') this.handlers.step(1);
    else if (event.key === 'x') this.handlers.toggle();
    else return;
    event.preventDefault();
  }
}

function place(
  { style }: HTMLElement,
  { x, y, width, height }: Rect,
  input: MapPlacement['input'],
): void {
  style.left = `${(100 * x) / input.width}%`;
  style.top = `${(100 * y) / input.height}%`;
  style.width = `${(100 * width) / input.width}%`;
  style.height = `${(100 * height) / input.height}%`;
}
