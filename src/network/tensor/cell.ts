import { NetworkError } from './networkError';
import type { Shape } from './shape';
import { elementCount, formatShape, isMapShape } from './shape';

/** One value of a layer; in a list of units the channel is the unit, row and column are 0. */
export interface Cell {
  readonly row: number;
  readonly column: number;
  readonly channel: number;
}

/** Row-major index of a cell in the output of the layer `name`; throws a NetworkError where it is outside. */
export function valueIndex(name: string, shape: Shape, { row, column, channel }: Cell): number {
  const [height, width, channels] = mapShape(shape);
  const inside = isBelow(row, height) && isBelow(column, width) && isBelow(channel, channels);
  if (inside) return (row * width + column) * channels + channel;
  throw new NetworkError(
    `${name} has no value at row ${row}, column ${column}, channel ${channel}: its output is ${formatShape(shape)}`,
  );
}

/** The cell at a row-major index. */
export function cellAt(shape: Shape, index: number): Cell {
  const [, width, channels] = mapShape(shape);
  const place = Math.floor(index / channels);
  return { row: Math.floor(place / width), column: place % width, channel: index % channels };
}

/** The shape as a map: a list of units is one cell, and so is what has two axes, or more than three. */
export function mapShape(shape: Shape): readonly [number, number, number] {
  return isMapShape(shape) ? shape : [1, 1, elementCount(shape)];
}

function isBelow(index: number, end: number): boolean {
  return Number.isSafeInteger(index) && index >= 0 && index < end;
}
