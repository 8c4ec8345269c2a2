import type { Pixels } from './formats/picture';

/** Shares of red, green and blue in 65,536ths, as Pillow's `convert('L')` and so Keras' `grayscale` weigh them (ITU-R 601-2). */
const shares = [19_595, 38_470, 7_471] as const;
const half = 0x8000;

/** A picture without its colours: all three channels have its grey, rounded as Pillow rounds. */
export function greyPicture({ rgb, ...size }: Pixels): Pixels {
  const grey = new Uint8Array(rgb.length);
  for (let at = 0; at < rgb.length; at += 3) {
    const sum = shares.reduce((all, share, c) => all + share * (rgb[at + c] ?? 0), half);
    grey.fill(sum >>> 16, at, at + 3);
  }
  return { ...size, rgb: grey };
}
