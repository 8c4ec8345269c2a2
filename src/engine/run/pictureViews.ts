import type { Pixels } from '../../imaging/formats/picture';
import { resize } from '../../imaging/resize';
import type { InputChannel, RgbPicture } from '../../protocol/engineProtocol';

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

const channelCount = 3;
const white = 255;

/** What the panel says of the tensor [h, w, 3] that the network saw: the one place where its statistics are computed. */
export function inputChannels(tensor: Float32Array): readonly InputChannel[] {
  const planes = Array.from({ length: channelCount }, (_, channel) => plane(tensor, channel));
  const statistics = planes.map(statisticsOf);
  const least = Math.min(...statistics.map(({ min }) => min));
  const range = Math.max(...statistics.map(({ max }) => max)) - least;
  return statistics.map((each, channel) => ({
    ...each,
    grey: greyOf(planes[channel] ?? new Float32Array(), least, range),
  }));
}

/** Counted by index: an iterator would take ten times as long, at every picture. */
function greyOf(values: Float32Array, least: number, range: number): Uint8Array {
  const grey = new Uint8Array(values.length);
  if (range === 0) return grey;
  for (let cell = 0; cell < grey.length; cell++) {
    grey[cell] = Math.round((white * ((values[cell] ?? 0) - least)) / range);
  }
  return grey;
}

function plane(tensor: Float32Array, channel: number): Float32Array {
  const values = new Float32Array(tensor.length / channelCount);
  for (let cell = 0; cell < values.length; cell++) {
    values[cell] = tensor[cell * channelCount + channel] ?? 0;
  }
  return values;
}

/** The sum is kept in double precision. */
function statisticsOf(values: Float32Array): Omit<InputChannel, 'grey'> {
  let [min, max, sum] = [Infinity, -Infinity, 0];
  for (let cell = 0; cell < values.length; cell++) {
    const value = values[cell] ?? 0;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
  }
  return { min, max, mean: sum / values.length };
}
