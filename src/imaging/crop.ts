import type { Size } from '../network/preprocess/fitSizes';
import type { Pixels } from './formats/picture';

/** Cuts out a part of a picture, `left` and `top` pixels from its corner. */
export function crop(
  picture: Pixels,
  { left, top }: { readonly left: number; readonly top: number },
  { width, height }: Size,
): Pixels {
  if (picture.width === width && picture.height === height) return picture;
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = 3 * ((top + y) * picture.width + left);
    rgb.set(picture.rgb.subarray(from, from + 3 * width), 3 * y * width);
  }
  return { width, height, rgb };
}
