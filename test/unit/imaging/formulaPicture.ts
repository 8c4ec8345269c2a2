import type { Pixels } from '../../../src/imaging/formats/picture';

/** The formula pictures of makeResizeOracle.py: the top byte of a mixed index. */
export function formulaPicture(width: number, height: number, seed: number): Pixels {
  const rgb = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    let h = (i + Math.imul(seed, 0x9e3779b9)) >>> 0;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return (h ^ (h >>> 16)) >>> 24;
  });
  return { width, height, rgb };
}
