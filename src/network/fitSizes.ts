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

/** torchvision's _compute_resized_output_size: the long side is truncated. */
function shortSideTo({ width, height }: Size, side: number): Size {
  return width <= height
    ? { width: side, height: Math.trunc((side * height) / width) }
    : { width: Math.trunc((side * width) / height), height: side };
}
