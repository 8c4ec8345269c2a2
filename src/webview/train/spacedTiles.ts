import type { LivePicture } from '../../protocol/training';
import { rgbPixels } from '../draw/pixels';
import type { Size } from '../draw/rect';

/** Smaller tiles, such as the units of a dense layer, stand side by side. */
const leastSpaced = 4;

interface Pixels extends Size {
  /** RGBA. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** The tiles of a picture with a transparent pixel between them, and nothing where the last row has no tile. */
export function spacedTiles({ picture, tiles, columns }: LivePicture): Pixels {
  const rows = Math.ceil(tiles / columns);
  const [across, down] = [picture.width / columns, picture.height / rows];
  const gap = Math.min(across, down) < leastSpaced ? 0 : 1;
  const from = rgbPixels(picture.rgb);
  const width = picture.width + gap * (columns - 1);
  const height = picture.height + gap * (rows - 1);
  const pixels = new Uint8ClampedArray(4 * width * height);
  for (let tile = 0; tile < tiles; tile++) {
    const [row, column] = [Math.floor(tile / columns), tile % columns];
    for (let y = 0; y < down; y++) {
      const start = 4 * ((row * down + y) * picture.width + column * across);
      const to = 4 * ((row * (down + gap) + y) * width + column * (across + gap));
      pixels.set(from.subarray(start, start + 4 * across), to);
    }
  }
  return { pixels, width, height };
}
