import type { Fit } from './preprocess';

/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size that a picture is resized to; the input is then cut out of its middle. */
export function resizedSize(picture: Size, fit: Fit, input: Size): Size {
  switch (fit.mode) {
    case 'stretch':
      return { width: input.width, height: input.height };
    case 'warp':
      return { width: fit.size, height: fit.size };
    case 'crop':
      return shortSideTo(picture, fit.shortSide);
  }
}

/** Upper left corner of the cut in the resized picture: Caffe's scripts round it down, torchvision to even. */
export function cropCorner(
  resized: Size,
  { mode }: Fit,
  input: Size,
): { readonly left: number; readonly top: number } {
  const offset = cropOffset[mode];
  return { left: offset(resized.width - input.width), top: offset(resized.height - input.height) };
}

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

/** torchvision's _compute_resized_output_size: the long side is truncated. */
function shortSideTo({ width, height }: Size, side: number): Size {
  return width <= height
    ? { width: side, height: Math.trunc((side * height) / width) }
    : { width: Math.trunc((side * width) / height), height: side };
}
