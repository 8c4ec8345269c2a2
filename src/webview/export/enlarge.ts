import type { Size } from '../draw/rect';

/** Pixels of a picture, row by row. */
export interface Picture extends Size {
  readonly pixels: Uint32Array<ArrayBuffer>;
}

/** The largest whole factor by which a picture still fits into a square of this side; at least 1. */
export function wholeFactor({ width, height }: Size, side: number): number {
  return Math.max(1, Math.floor(side / Math.max(width, height)));
}

/** Every pixel as a square of `factor` by `factor`. */
export function enlarge({ pixels, width, height }: Picture, factor: number): Picture {
  const wide = width * factor;
  const large = new Uint32Array(wide * height * factor);
  for (let row = 0; row < height; row++) {
    const start = row * factor * wide;
    for (let x = 0; x < wide; x++) {
      large[start + x] = pixels[row * width + Math.floor(x / factor)] ?? 0;
    }
    for (let copy = 1; copy < factor; copy++) {
      large.copyWithin(start + copy * wide, start, start + wide);
    }
  }
  return { pixels: large, width: wide, height: height * factor };
}
