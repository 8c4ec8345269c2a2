import { elementCount } from '../../network/tensor/shape';
import type { Filters } from '../../protocol/weightSummary';
import { brokenColour, heatColour, type Rgb } from '../draw/heatScale';

/** The largest size of a finite value: what a scale around zero reaches to. */
export function reachOf(values: ArrayLike<number>): number {
  let reach = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i] ?? NaN);
    if (Number.isFinite(size) && size > reach) reach = size;
  }
  return reach;
}

/** A filter over three channels as RGBA pixels: zero is mid grey. `order` names what the channels are. */
export function rgbTile(
  values: Float32Array,
  reach: number,
  order: 'RGB' | 'BGR',
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray((values.length / 3) * 4);
  for (let pixel = 0; pixel * 3 < values.length; pixel++) {
    const channels = values.subarray(pixel * 3, pixel * 3 + 3);
    const broken = channels.some((value) => !Number.isFinite(value));
    const shades = Array.from(channels, (value) => shade(value, reach));
    pixels.set(broken ? brokenColour : order === 'RGB' ? shades : shades.reverse(), pixel * 4);
    pixels[pixel * 4 + 3] = 255;
  }
  return pixels;
}

/** The colour of one weight on the scale around zero. */
export function weightColour(value: number, reach: number): Rgb {
  if (!Number.isFinite(value)) return brokenColour;
  return heatColour('diverging', reach === 0 ? 0.5 : 0.5 + value / (2 * reach));
}

function shade(value: number, reach: number): number {
  return reach === 0 ? 127.5 : 127.5 + (127.5 * value) / reach;
}

/** One of the filters that were asked for: [h, w, in / groups]. */
export function filterValues({ shape, data }: Filters, index: number): Float32Array {
  const size = elementCount(shape.slice(1));
  return data.subarray(index * size, (index + 1) * size);
}
