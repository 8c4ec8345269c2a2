import { checkPreprocess } from '../network/preprocess/checkPreprocess';
import { cropCorner, resizedSize, type Size } from '../network/preprocess/fitSizes';
import type { Fit, Preprocess, ResizeFilter } from '../network/preprocess/preprocess';
import { crop } from './crop';
import type { Pixels } from './formats/picture';
import { resize } from './resize';

/** The input tensor and the pixels that it was computed from. */
export interface Preprocessed {
  /** [inputHeight, inputWidth, 3], channels in the settings' order. */
  readonly tensor: Float32Array;
  readonly seen: Pixels;
}

/**
 * The exact input tensor of torchvision's, Caffe's or Keras' pipeline; throws a PreprocessError for invalid settings.
 */
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
  return crop(resized, cropCorner(resized, fit, input), input);
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
