import { cellAt, mapShape } from '../../network/tensor/cell';
import type { Cell } from '../../network/tensor/cell';
import type { Shape } from '../../network/tensor/shape';
import type { ViewState } from '../state/viewState';

/** One channel of a row-major tensor, [height, width]. */
export function channelMap(data: Float32Array, shape: Shape, channel: number): Float32Array {
  const [height, width, channels] = mapShape(shape);
  return Float32Array.from(
    { length: height * width },
    (_, cell) => data[cell * channels + channel] ?? NaN,
  );
}

/** The chosen cell, clamped to the layer; until one is chosen, the channel's maximum, or the middle where all is 0. */
export function chosenCell(
  { row, column, channel }: Pick<ViewState, 'row' | 'column'> & Pick<Cell, 'channel'>,
  shape: Shape,
  data: Float32Array,
): Cell {
  const [height, width, channels] = mapShape(shape);
  const within = Math.min(channel, channels - 1);
  if (row !== undefined && column !== undefined) {
    return {
      row: Math.min(row, height - 1),
      column: Math.min(column, width - 1),
      channel: within,
    };
  }
  const map = channelMap(data, shape, within);
  const middle = Math.floor(height / 2) * width + Math.floor(width / 2);
  const best = map.reduce((at, value, cell) => (value > (map[at] ?? NaN) ? cell : at), middle);
  return { ...cellAt([height, width, 1], best), channel: within };
}
