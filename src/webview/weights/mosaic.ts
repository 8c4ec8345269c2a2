import type { Shape } from '../../network/tensor/shape';
import { unitGrid } from '../draw/grid';
import { weightColour } from './kernelPixels';

/** As many channels as still read well in one row. */
const oneRow = 4;

/** The tiles of a filter's input channels: each `height` × `width` weights, one weight apart. */
export interface Mosaic {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly tileColumns: number;
  /** Columns and rows of the whole mosaic, counted in weights; the gap between tiles counts as one. */
  readonly columns: number;
  readonly rows: number;
}

/** Where one weight of a filter is. */
export interface WeightPlace {
  readonly channel: number;
  readonly row: number;
  readonly column: number;
}

/** Lays out a filter of [h, w, in]. */
export function layMosaic([height = 0, width = 0, channels = 0]: Shape): Mosaic {
  const tileColumns = channels <= oneRow ? channels : unitGrid(channels).columns;
  const tileRows = Math.ceil(channels / tileColumns);
  return {
    channels,
    height,
    width,
    tileColumns,
    columns: tileColumns * (width + 1) - 1,
    rows: tileRows * (height + 1) - 1,
  };
}

/** The weight at a place of the mosaic, each axis from 0 to 1; none in a gap or past the last channel. */
export function weightAt(mosaic: Mosaic, x: number, y: number): WeightPlace | undefined {
  const { channels, height, width, tileColumns, columns, rows } = mosaic;
  const [across, down] = [Math.floor(x * columns), Math.floor(y * rows)];
  if (across < 0 || down < 0 || across >= columns || down >= rows) return undefined;
  const [column, row] = [across % (width + 1), down % (height + 1)];
  const channel = Math.floor(down / (height + 1)) * tileColumns + Math.floor(across / (width + 1));
  if (column === width || row === height || channel >= channels) return undefined;
  return { channel, row, column };
}

/** Where a weight is drawn, in weights from the upper left corner. */
export function drawnAt(
  { tileColumns, width, height }: Mosaic,
  { channel, row, column }: WeightPlace,
): { readonly x: number; readonly y: number } {
  return {
    x: (channel % tileColumns) * (width + 1) + column,
    y: Math.floor(channel / tileColumns) * (height + 1) + row,
  };
}

/** The place of the weights in reading order: channel by channel, row by row. */
export function placeOf({ width, height }: Mosaic, index: number): WeightPlace {
  const perChannel = width * height;
  const within = index % perChannel;
  return {
    channel: Math.floor(index / perChannel),
    row: Math.floor(within / width),
    column: within % width,
  };
}

/** The reverse of placeOf. */
export function indexOf({ width, height }: Mosaic, place: WeightPlace): number {
  return (place.channel * height + place.row) * width + place.column;
}

/** A weight of a filter whose values are [h, w, in]. */
export function weightOf(values: Float32Array, mosaic: Mosaic, place: WeightPlace): number {
  const { row, column, channel } = place;
  return values[(row * mosaic.width + column) * mosaic.channels + channel] ?? NaN;
}

/** The mosaic as RGBA pixels, one a weight; gaps are transparent. */
export function mosaicPixels(
  values: Float32Array,
  mosaic: Mosaic,
  reach: number,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(mosaic.columns * mosaic.rows * 4);
  for (let index = 0; index < values.length; index++) {
    const place = placeOf(mosaic, index);
    const { x, y } = drawnAt(mosaic, place);
    const at = (y * mosaic.columns + x) * 4;
    pixels.set(weightColour(weightOf(values, mosaic, place), reach), at);
    pixels[at + 3] = 255;
  }
  return pixels;
}
