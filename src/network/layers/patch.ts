import type { Shape } from '../tensor/shape';
import type { WindowPlace } from '../tensor/windowPlace';
import { elementPlace, isPadding, windowLength } from '../tensor/windowPlace';

/** Consecutive channels. */
export interface ChannelRange {
  readonly first: number;
  readonly count: number;
}

/** The values of some channels under a window, [rows, columns, channels]; 0 where it is padding. */
export function patchOf(
  input: Float32Array,
  inputShape: Shape,
  window: WindowPlace,
  { first, count }: ChannelRange,
): Float32Array {
  const channels = inputShape[2] ?? 0;
  const elements = windowLength(window);
  const values = new Float32Array(elements * count);
  for (let place = 0; place < elements; place++) {
    if (isPadding(window, place)) continue;
    const { row, column } = elementPlace(window, place);
    const start = (row * window.width + column) * channels + first;
    values.set(input.subarray(start, start + count), place * count);
  }
  return values;
}
