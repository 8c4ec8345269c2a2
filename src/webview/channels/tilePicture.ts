import type { Cell } from '../../network/tensor/cell';
import type { ChannelScale } from '../draw/channelScale';
import type { ChannelMaps, LayerStats } from '../draw/channelStats';
import type { ColourTable } from '../draw/colourMap';
import { element } from '../draw/element';
import { unitGrid } from '../draw/grid';
import { itemAfterKey } from '../draw/gridKeys';
import { onPointer } from '../draw/onPointer';
import { paintTiles } from '../draw/paintTiles';
import { putPixels } from '../draw/pixels';
import type { Rect } from '../draw/rect';
import { dirtyCheck } from '../draw/redraw';
import { cellOf, tileAt, tileLayout, tileRect, type TileLayout } from '../draw/tileLayout';
import { placeMarks } from '../probe/placeMarks';
import type { Probe } from '../probe/probe';
import { isUnits } from './channelWords';

/** Around the tiles, in pixels of the page. */
const frameRoom = 4;

export interface Tiles {
  /** What the tiles are of, for a screen reader. */
  readonly name: string;
  readonly stats: LayerStats;
  readonly order: Uint32Array;
  readonly scale: ChannelScale;
  readonly colours: ColourTable;
  readonly channel: number;
  /** Channels that get a frame. */
  readonly marked: readonly number[];
  /** Channels that are switched off. */
  readonly off?: readonly number[];
}

export interface TileHandlers {
  /** The keyboard or a click went to a channel. */
  readonly select: (channel: number) => void;
  /** The keyboard is on the tiles, at a channel. */
  readonly keyboardAt: (channel: number) => void;
  /** Enter or a click: the person wants to see the channel large; `focus` takes the keyboard there. */
  readonly enlarge: (channel: number, options: { readonly focus: boolean }) => void;
  /** `x`: switches a channel off, or on again. */
  readonly toggle?: (channel: number) => void;
  /** The pointer is on a cell, or has left. */
  readonly point: (cell: Cell | undefined) => void;
}

/** All channels of a layer as tiles on one canvas, as large as its box allows; pointer and keyboard walk them. */
export class TilePicture {
  readonly element = element('div', { class: 'tiles' });
  private readonly canvas = element('canvas');
  private readonly frames = element('div', { class: 'probe-frames' });
  private readonly cursor = element('div', { class: 'tile-cursor' }, this.frames);
  private readonly stage = element(
    'div',
    { class: 'tile-stage', role: 'application', tabindex: 0 },
    this.canvas,
    this.cursor,
  );
  private readonly changed = dirtyCheck();
  private tiles: Tiles | undefined;
  private layout: TileLayout | undefined;

  constructor(private readonly handlers: TileHandlers) {
    this.element.append(this.stage);
    this.stage.addEventListener('keydown', (event) => this.key(event));
    onPointer(this.stage, {
      move: (event) => handlers.point(this.cellUnder(event)),
      leave: () => {
        handlers.point(undefined);
        this.reportKeyboard();
      },
    });
    this.stage.addEventListener('focus', () => this.reportKeyboard());
    this.stage.addEventListener('blur', () => handlers.point(undefined));
    this.stage.addEventListener('click', (event) => {
      const cell = this.cellUnder(event);
      if (cell) handlers.enlarge(cell.channel, { focus: false });
    });
    // In the next frame: the picture's size may bring a scroll bar, which an observer must not do at once.
    new ResizeObserver(() => requestAnimationFrame(() => this.draw())).observe(this.element);
  }

  focus(): void {
    this.stage.focus();
  }

  update(tiles: Tiles): void {
    const before = this.tiles;
    this.tiles = tiles;
    this.stage.setAttribute('aria-label', tiles.name);
    this.draw();
    if (before?.stats !== tiles.stats) this.element.scrollTop = 0;
    else if (before.channel !== tiles.channel) this.cursor.scrollIntoView({ block: 'nearest' });
  }

  /** Marks parts of the chosen channel's tile, from 0 to 1. */
  probe(rects: readonly Rect[]): void {
    placeMarks(this.frames, rects);
  }

  private reportKeyboard(): void {
    if (this.tiles && this.stage.matches(':focus-visible'))
      this.handlers.keyboardAt(this.tiles.channel);
  }

  private draw(): void {
    const { tiles } = this;
    const { clientWidth, clientHeight } = this.element;
    if (!tiles || clientWidth === 0) return;
    const [width, height] = [clientWidth - 2 * frameRoom, clientHeight - 2 * frameRoom];
    const { stats, order, scale, colours, marked, off = [] } = tiles;
    const ratio = devicePixelRatio;
    if (this.changed(stats, order, scale, colours, off.join(' '), ratio, width, height)) {
      const pane = {
        width: Math.floor(width * ratio),
        height: Math.floor(height * ratio),
      };
      const cells = stats.maps;
      const layout = tileLayout({ count: order.length, cells }, pane);
      const pixels = paintTiles({ stats, layout, order, scale, colours });
      putPixels(this.canvas, pixels, layout);
      // One pixel of the canvas is one of the device's.
      this.canvas.style.width = `${layout.width / ratio}px`;
      this.canvas.style.height = `${layout.height / ratio}px`;
      this.layout = layout;
      this.frame(marked.map((channel) => order.indexOf(channel)));
      this.cover(off.map((channel) => order.indexOf(channel)));
    }
    this.placeCursor(order.indexOf(tiles.channel));
  }

  /** Frames that are seen on dark and on bright cells alike. */
  private frame(slots: readonly number[]): void {
    const pen = this.canvas.getContext('2d');
    if (!pen || !this.layout) return;
    const line = Math.max(1, Math.round(devicePixelRatio));
    pen.lineWidth = line;
    for (const slot of slots) {
      const { x, y, width, height } = tileRect(this.layout, slot);
      for (const [colour, out] of [
        ['black', 1.5 * line],
        ['white', 0.5 * line],
      ] as const) {
        pen.strokeStyle = colour;
        pen.strokeRect(x - out, y - out, width + 2 * out, height + 2 * out);
      }
    }
  }

  /** Channels that are off are dark and struck through, on every scale. */
  private cover(slots: readonly number[]): void {
    const pen = this.canvas.getContext('2d');
    if (!pen || !this.layout) return;
    pen.lineWidth = Math.max(1, Math.round(devicePixelRatio));
    for (const slot of slots) {
      const { x, y, width, height } = tileRect(this.layout, slot);
      pen.fillStyle = 'rgb(0 0 0 / 70%)';
      pen.fillRect(x, y, width, height);
      pen.strokeStyle = 'white';
      pen.beginPath();
      pen.moveTo(x, y + height);
      pen.lineTo(x + width, y);
      pen.stroke();
    }
  }

  private placeCursor(slot: number): void {
    if (!this.layout || slot < 0) return;
    const { x, y, width, height } = tileRect(this.layout, slot);
    const ratio = devicePixelRatio;
    const { style } = this.cursor;
    style.width = `${width / ratio}px`;
    style.height = `${height / ratio}px`;
    style.transform = `translate(${x / ratio}px, ${y / ratio}px)`;
  }

  private cellUnder({ offsetX, offsetY }: MouseEvent): Cell | undefined {
    const { layout, tiles } = this;
    if (!layout || !tiles) return undefined;
    const pixel = (offset: number): number => Math.floor(offset * devicePixelRatio);
    const place = tileAt(layout, pixel(offsetX), pixel(offsetY));
    const channel = place && tiles.order[place.slot];
    if (!place || channel === undefined) return undefined;
    const { rows, columns } = tiles.stats.maps;
    const { width, height } = layout.tile;
    return {
      channel,
      row: cellOf(place.y, height, rows),
      column: cellOf(place.x, width, columns),
    };
  }

  private key(event: KeyboardEvent): void {
    const { layout, tiles } = this;
    if (!layout || !tiles || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      this.handlers.enlarge(tiles.channel, { focus: true });
      return;
    }
    if (event.key === 'x' && this.handlers.toggle) {
      event.preventDefault();
      this.handlers.toggle(tiles.channel);
      return;
    }
    const target = itemAfterKey(event.key, tiles.order.indexOf(tiles.channel), layout);
    const channel = target === undefined ? undefined : tiles.order[target];
    if (channel === undefined) return;
    event.preventDefault();
    this.handlers.select(channel);
    this.handlers.keyboardAt(channel);
  }
}

/** A cell of a channel's tile as what is pointed at; a number of a flat list is a cell of its grid. */
export function tileProbe(layer: string, maps: ChannelMaps, { channel, row, column }: Cell): Probe {
  if (!isUnits(maps)) return { kind: 'cell', layer, row, column };
  const { columns } = unitGrid(maps.channels);
  return { kind: 'cell', layer, row: Math.floor(channel / columns), column: channel % columns };
}
