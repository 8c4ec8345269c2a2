import type { ResizeFilter } from '../network/preprocess/preprocess';
import type { Pixels } from './formats/picture';
import { precisionBits, resampleKernel, type Kernel, type SmoothFilter } from './resampleKernel';

/** Part of a picture in pixels; right and bottom are exclusive and may be fractions. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Resizes part of a picture, bit for bit as Pillow's Image.resize((width, height), filter, box) did until 12.3, by which
 * published accuracies were measured. Pillow 13 goes down before it goes across where a picture loses more than twice as
 * many rows as columns: 13 % of the values of a photograph are one level off then, by bilinear.
 */
export function resize(
  picture: Pixels,
  width: number,
  height: number,
  filter: ResizeFilter,
  part: Box = { left: 0, top: 0, right: picture.width, bottom: picture.height },
): Pixels {
  const box = toSinglePrecision(part);
  const isWhole = box.left === 0 && box.top === 0 && box.right === width && box.bottom === height;
  if (isWhole && width === picture.width && height === picture.height) return picture;
  return filter === 'nearest'
    ? nearest(picture, width, height, box)
    : resample(picture, width, height, filter, box);
}

/** Rounds to single precision, in which Pillow keeps a box. */
function toSinglePrecision({ left, top, right, bottom }: Box): Box {
  return {
    left: Math.fround(left),
    top: Math.fround(top),
    right: Math.fround(right),
    bottom: Math.fround(bottom),
  };
}

/** Pillow's ImagingScaleAffine: it adds up steps, and so its rounding errors, which must agree. */
function nearest(picture: Pixels, width: number, height: number, box: Box): Pixels {
  const columns = nearestIndices(picture.width, box.left, box.right, width);
  const rows = nearestIndices(picture.height, box.top, box.bottom, height);
  const rgb = new Uint8Array(width * height * 3);
  let to = 0;
  for (const row of rows) {
    for (const column of columns) {
      const from = 3 * (row * picture.width + column);
      rgb[to++] = picture.rgb[from] ?? 0;
      rgb[to++] = picture.rgb[from + 1] ?? 0;
      rgb[to++] = picture.rgb[from + 2] ?? 0;
    }
  }
  return { width, height, rgb };
}

function nearestIndices(
  inputSize: number,
  from: number,
  to: number,
  outputSize: number,
): Int32Array {
  const step = Math.fround(to - from) / outputSize;
  let position = from + step * 0.5;
  const indices = new Int32Array(outputSize);
  for (let i = 0; i < outputSize; i++, position += step) {
    indices[i] = Math.min(inputSize - 1, Math.trunc(position));
  }
  return indices;
}

/** Resamples along rows first, only those that are needed, rounds to 8 bits, then along columns, as Pillow does. */
function resample(
  picture: Pixels,
  width: number,
  height: number,
  filter: SmoothFilter,
  box: Box,
): Pixels {
  const keepsColumns = width === picture.width && box.left === 0 && box.right === width;
  const keepsRows = height === picture.height && box.top === 0 && box.bottom === height;
  const vertical = resampleKernel(filter, picture.height, box.top, box.bottom, height);
  const last = height - 1;
  const firstRow = vertical.starts[0] ?? 0;
  const endRow = (vertical.starts[last] ?? 0) + (vertical.counts[last] ?? 0);
  const narrowed = keepsColumns
    ? picture
    : resampleRows(
        picture,
        resampleKernel(filter, picture.width, box.left, box.right, width),
        width,
        keepsRows ? 0 : firstRow,
        keepsRows ? picture.height : endRow,
      );
  return keepsRows
    ? narrowed
    : resampleColumns(narrowed, vertical, height, keepsColumns ? 0 : firstRow);
}

function resampleRows(
  { rgb: input, width: inputWidth }: Pixels,
  { size, starts, counts, weights }: Kernel,
  width: number,
  firstRow: number,
  endRow: number,
): Pixels {
  const height = endRow - firstRow;
  const rgb = new Uint8ClampedArray(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    const row = 3 * (firstRow + y) * inputWidth;
    for (let x = 0; x < width; x++) {
      let from = row + 3 * (starts[x] ?? 0);
      const end = x * size + (counts[x] ?? 0);
      let red = half;
      let green = half;
      let blue = half;
      for (let k = x * size; k < end; k++, from += 3) {
        const weight = weights[k] ?? 0;
        red += (input[from] ?? 0) * weight;
        green += (input[from + 1] ?? 0) * weight;
        blue += (input[from + 2] ?? 0) * weight;
      }
      rgb[to++] = red >> precisionBits;
      rgb[to++] = green >> precisionBits;
      rgb[to++] = blue >> precisionBits;
    }
  }
  return { width, height, rgb: new Uint8Array(rgb.buffer) };
}

/** Added before the shift so that it rounds to the nearest. */
const half = 1 << (precisionBits - 1);

function resampleColumns(
  { rgb: input, width }: Pixels,
  { size, starts, counts, weights }: Kernel,
  height: number,
  firstRow: number,
): Pixels {
  const stride = 3 * width;
  const rgb = new Uint8ClampedArray(stride * height);
  for (let y = 0, to = 0; y < height; y++) {
    const start = stride * ((starts[y] ?? 0) - firstRow);
    const end = y * size + (counts[y] ?? 0);
    for (let x = 0; x < stride; x++) {
      let sum = half;
      for (let k = y * size, from = start + x; k < end; k++, from += stride) {
        sum += (input[from] ?? 0) * (weights[k] ?? 0);
      }
      rgb[to++] = sum >> precisionBits;
    }
  }
  return { width, height, rgb: new Uint8Array(rgb.buffer) };
}
