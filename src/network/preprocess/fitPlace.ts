import { cropCorner, resizedSize, type Size } from './fitSizes';
import type { Fit } from './preprocess';

/** A point in pixels; the middle of the first pixel is at 0.5. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Coordinate transforms between a picture and the network's input cut out of it. */
export interface FitPlace {
  /** From a point of the input to the same point of the picture. */
  readonly toPicture: (point: Point) => Point;
  readonly toInput: (point: Point) => Point;
}

export function fitPlace(picture: Size, fit: Fit, input: Size): FitPlace {
  const resized = resizedSize(picture, fit, input);
  const { left, top } = cropCorner(resized, fit, input);
  const across = picture.width / resized.width;
  const down = picture.height / resized.height;
  return {
    toPicture: ({ x, y }) => ({ x: (x + left) * across, y: (y + top) * down }),
    toInput: ({ x, y }) => ({ x: x / across - left, y: y / down - top }),
  };
}
