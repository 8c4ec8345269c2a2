import { valueAt, type ChannelMaps } from './channelStats';
import { colourOf, type ColourTable } from './colourMap';
import { mapPoint, type MapPlacement, type MapPoint } from './mapPlacement';
import type { Size } from './rect';

export interface MapPainting {
  readonly maps: ChannelMaps;
  readonly channel: number;
  readonly placement: MapPlacement;
  /** Distance of the scale's ends from zero. */
  readonly reach: number;
  readonly colours: ColourTable;
  /** Values between the cells' centres in between, rather than each cell in its own colour. */
  readonly smooth: boolean;
}

/** One channel over the network's input as RGBA pixels of a picture of this size; nothing where no cell is. */
export function paintMap(painting: MapPainting, { width, height }: Size): Uint32Array<ArrayBuffer> {
  const { maps, channel, placement, reach, colours, smooth } = painting;
  const { input } = placement;
  const pixels = new Uint32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const point = mapPoint(
        placement,
        ((x + 0.5) * input.width) / width,
        ((y + 0.5) * input.height) / height,
      );
      if (!point) continue;
      const value = smooth ? smoothValue(maps, channel, point) : cellValue(maps, channel, point);
      pixels[y * width + x] = colourOf(colours, value, reach);
    }
  }
  return pixels;
}

function cellValue(maps: ChannelMaps, channel: number, { row, column }: MapPoint): number {
  return valueAt(maps, channel, Math.floor(row), Math.floor(column));
}

/** Bilinear between the centres of the four nearest cells; the outermost go on to the edge. */
export function smoothValue(maps: ChannelMaps, channel: number, { row, column }: MapPoint): number {
  const y = between(row, maps.rows);
  const x = between(column, maps.columns);
  const along = (at: number): number =>
    mix(valueAt(maps, channel, at, x.low), valueAt(maps, channel, at, x.high), x.part);
  return mix(along(y.low), along(y.high), y.part);
}

function between(
  at: number,
  cells: number,
): { readonly low: number; readonly high: number; readonly part: number } {
  const inside = Math.min(cells - 1, Math.max(0, at - 0.5));
  const low = Math.floor(inside);
  return { low, high: Math.min(cells - 1, low + 1), part: inside - low };
}

function mix(a: number, b: number, part: number): number {
  return part === 0 ? a : a + (b - a) * part;
}
