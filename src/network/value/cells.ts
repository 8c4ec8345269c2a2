import type { Layer, LayerOf } from '../layer';
import { NetworkError } from '../networkError';
import type { Shape } from '../shape';
import { formatShape, isMapShape } from '../shape';
import type { Cell } from './cell';

/** Where a value stands in its row-major tensor; throws where the layer has no such value. */
export function valueIndex({ name, outputShape }: Layer, { row, column, channel }: Cell): number {
  const [height, width, channels] = mapShape(outputShape);
  const inside = isBelow(row, height) && isBelow(column, width) && isBelow(channel, channels);
  if (inside) return (row * width + column) * channels + channel;
  throw new NetworkError(
    `${name} has no value at row ${row}, column ${column}, channel ${channel}: its output is ${formatShape(outputShape)}`,
  );
}

/** The cell of a value that stands at this index. */
export function cellAt(shape: Shape, index: number): Cell {
  const [, width, channels] = mapShape(shape);
  const place = Math.floor(index / channels);
  return { row: Math.floor(place / width), column: place % width, channel: index % channels };
}

/** A list of units is a map of one cell. */
export function mapShape(shape: Shape): readonly [number, number, number] {
  return isMapShape(shape) ? shape : [1, 1, shape[0] ?? 0];
}

/** A run of channels: the first, and how many. */
export interface ChannelRange {
  readonly first: number;
  readonly count: number;
}

/** The channels that a filter sees: those of its tower. */
export function channelsSeen(layer: LayerOf<'Conv2D'>, filter: number): ChannelRange {
  const count = (layer.inputShape[2] ?? 0) / layer.groups;
  return { first: Math.floor((filter * layer.groups) / layer.filters) * count, count };
}

/** The channels that share a norm with this one, cut at the ends. */
export function channelsAround(
  { depthRadius, inputShape }: LayerOf<'LocalResponseNormalization'>,
  channel: number,
): ChannelRange {
  const first = Math.max(0, channel - depthRadius);
  const end = Math.min(inputShape[2] ?? 0, channel + depthRadius + 1);
  return { first, count: end - first };
}

function isBelow(index: number, end: number): boolean {
  return Number.isSafeInteger(index) && index >= 0 && index < end;
}
