import type { Pixels } from '../../imaging/formats/picture';
import { resize } from '../../imaging/resize';
import type { Preprocess } from '../../network/preprocess/preprocess';
import { mapShape } from '../../network/tensor/cell';
import type { Tensor } from '../../protocol/engineProtocol';
import type { InputChannel, RgbPicture } from '../../protocol/runMaps';

/** The longer side of what the panel shows of a picture, in pixels. */
export const previewSide = 640;
/** The same in a list of pictures. */
export const thumbnailSide = 96;

/** The picture, made small enough to send and show; one that is small already is left as it is. */
export function makePreview(picture: Pixels, longerSide: number): RgbPicture {
  const { width, height, rgb } = picture;
  const ratio = longerSide / Math.max(width, height);
  if (ratio >= 1) return { width, height, rgb };
  const side = (size: number): number => Math.max(1, Math.round(size * ratio));
  return resize(picture, side(width), side(height), 'bilinear');
}

/** What a person is shown of an input, [h, w, 3] or, of a grey one, [h, w, 1]. */
export function shownPicture(
  { shape, data }: Tensor,
  preprocess: Preprocess,
): { readonly seen: RgbPicture; readonly channels: readonly InputChannel[] } {
  const [height, width, channels] = mapShape(shape);
  const isGrey = channels === 1;
  const all = isGrey
    ? Float32Array.from({ length: 3 * data.length }, (_, at) => data[Math.floor(at / 3)] ?? 0)
    : data;
  const tensor = { shape: [height, width, channelCount], data: all };
  return { seen: seenPicture(tensor, preprocess), channels: inputChannels(data, channels) };
}

/** The pixels that a tensor [h, w, 3] was made of, as far as they are from 0 to 255. */
function seenPicture({ shape, data }: Tensor, { order, scale, mean, std }: Preprocess): RgbPicture {
  const [height, width] = mapShape(shape);
  const rgb = new Uint8ClampedArray(data.length);
  for (let at = 0; at < data.length; at++) {
    const channel = at % channelCount;
    const place = order === 'RGB' ? at : at + 2 - 2 * channel;
    // A clamped array rounds.
    rgb[place] = ((data[at] ?? 0) * (std[channel] ?? 1) + (mean[channel] ?? 0)) / scale;
  }
  return { width, height, rgb: new Uint8Array(rgb.buffer) };
}

const channelCount = 3;
const white = 255;

/** What the panel says of the tensor, [h, w, count], that the network saw: the one place where its statistics are computed. */
export function inputChannels(tensor: Float32Array, count: number): readonly InputChannel[] {
  const channels = Array.from({ length: count }, (_, channel) => {
    const plane = planeOf(tensor, channel, count);
    return { plane, ...statisticsOf(plane) };
  });
  const least = Math.min(...channels.map(({ min }) => min));
  const range = Math.max(...channels.map(({ max }) => max)) - least;
  return channels.map(({ plane, ...each }) => ({ ...each, grey: greyOf(plane, { least, range }) }));
}

/** Copied by index: an iterator would take ten times as long, at every picture. */
function planeOf(tensor: Float32Array, channel: number, count: number): Float32Array {
  const plane = new Float32Array(tensor.length / count);
  for (let cell = 0; cell < plane.length; cell++) plane[cell] = tensor[cell * count + channel] ?? 0;
  return plane;
}

function greyOf(
  plane: Float32Array,
  { least, range }: { readonly least: number; readonly range: number },
): Uint8Array {
  const grey = new Uint8Array(plane.length);
  if (range === 0) return grey;
  for (let cell = 0; cell < grey.length; cell++)
    grey[cell] = Math.round((white * ((plane[cell] ?? 0) - least)) / range);
  return grey;
}

/** The sum is kept in double precision. */
function statisticsOf(plane: Float32Array): Omit<InputChannel, 'grey'> {
  let [min, max, sum] = [Infinity, -Infinity, 0];
  for (let cell = 0; cell < plane.length; cell++) {
    const value = plane[cell] ?? 0;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
  }
  return { min, max, mean: sum / plane.length };
}
