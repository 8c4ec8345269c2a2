import { checkPreprocess } from '../network/checkPreprocess';
import { resizedSize, type Size } from '../network/fitSizes';
import type { Fit, Preprocess, ResizeFilter } from '../network/preprocess';
import type { Pixels } from './picture';
import { resize } from './resize';

/** What the network gets and the pixels that it is made of. */
export interface Preprocessed {
  /** [inputHeight, inputWidth, 3], channels in the settings' order. */
  readonly tensor: Float32Array;
  readonly seen: Pixels;
}

/** The exact tensor of torchvision's, Caffe's or Keras' pipelines; throws PreprocessError where the settings are unsound. */
export function preprocess(
  picture: Pixels,
  settings: Preprocess,
  inputHeight: number,
  inputWidth: number,
): Preprocessed {
  const input = { width: inputWidth, height: inputHeight };
  const { fit, filter, ...values } = checkPreprocess(settings, input);
  const seen = fitPicture(picture, fit, filter, input);
  return { tensor: toTensor(seen, values), seen };
}

function fitPicture(picture: Pixels, fit: Fit, filter: ResizeFilter, input: Size): Pixels {
  const { width, height } = resizedSize(picture, fit, input);
  const resized = resize(picture, width, height, filter);
  return crop(resized, cropOffset[fit.mode], input.height, input.width);
}

/** Where the middle begins, by what is to spare: Caffe's scripts round it down, torchvision to even. */
const cropOffset: Readonly<Record<Fit['mode'], (spare: number) => number>> = {
  stretch: () => 0,
  warp: (spare) => Math.floor(spare / 2),
  crop: (spare) => roundHalfToEven(spare / 2),
};

/** Python's round(), which torchvision's center_crop uses. */
function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const isHalf = value - floor === 0.5;
  return isHalf ? floor + (floor % 2) : Math.round(value);
}

/** The middle of a picture; `offset` makes an offset of what is to spare. */
function crop(
  picture: Pixels,
  offset: (spare: number) => number,
  height: number,
  width: number,
): Pixels {
  if (picture.width === width && picture.height === height) return picture;
  const left = offset(picture.width - width);
  const top = offset(picture.height - height);
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = 3 * ((top + y) * picture.width + left);
    rgb.set(picture.rgb.subarray(from, from + 3 * width), 3 * y * width);
  }
  return { width, height, rgb };
}

/** Computed in double precision and rounded once, as NumPy does before astype(float32). */
function toTensor(
  { rgb }: Pixels,
  { order, scale, mean, std }: Pick<Preprocess, 'order' | 'scale' | 'mean' | 'std'>,
): Float32Array {
  const tensor = new Float32Array(rgb.length);
  const isReversed = order === 'BGR';
  for (let i = 0; i < rgb.length; i += 3) {
    for (let c = 0; c < 3; c++) {
      const value = rgb[i + (isReversed ? 2 - c : c)] ?? 0;
      tensor[i + c] = (value * scale - (mean[c] ?? 0)) / (std[c] ?? 1);
    }
  }
  return tensor;
}
