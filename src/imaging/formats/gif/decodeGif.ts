import { damaged } from '../byteReader';
import { readGifFrame, readGifHeader, type GifFrame } from './gifHeader';
import { decodeLzw } from '../lzw';
import type { Pixels } from '../picture';

/** Interlaced rows: first row and step of each pass (GIF89a, appendix E). */
const interlacePasses = [
  [0, 8],
  [4, 8],
  [2, 4],
  [1, 2],
] as const;

/**
 * Decodes the first frame as Pillow does: transparent pixels and the canvas around the frame get the palette's colour.
 * Own code because omggif 1.0 requires a palette, and reports broken data to the console without stopping.
 */
export function decodeGif(bytes: Uint8Array): Pixels {
  const { width, height } = readGifHeader(bytes);
  const frame = readGifFrame(bytes);
  const indices = decodeIndices(frame);
  const colours = fullPalette(frame.palette);
  const rgb = Buffer.alloc(width * height * 3);
  const background = 3 * (frame.transparent ?? 0);
  rgb.fill(colours.subarray(background, background + 3));
  rowOrder(frame).forEach((y, stored) => {
    let to = 3 * ((frame.top + y) * width + frame.left);
    for (let x = 0; x < frame.width; x++) {
      const from = 3 * (indices[stored * frame.width + x] ?? 0);
      rgb[to++] = colours[from] ?? 0;
      rgb[to++] = colours[from + 1] ?? 0;
      rgb[to++] = colours[from + 2] ?? 0;
    }
  });
  return { width, height, rgb: new Uint8Array(rgb.buffer, rgb.byteOffset, rgb.length) };
}

/** Codes may be wider than a palette's 256 colours need. */
const mostLiteralBits = 11;

function decodeIndices(frame: GifFrame): Uint8Array {
  if (frame.width < 1 || frame.height < 1) throw damaged('GIF', 'its first frame has no pixels');
  if (frame.literalBits < 1 || frame.literalBits > mostLiteralBits) {
    throw damaged('GIF', `pixels of ${frame.literalBits} bits cannot be`);
  }
  const indices = new Uint8Array(frame.width * frame.height);
  const written = decodeLzw(frame.data, frame.literalBits, indices, 'gif');
  if (written < indices.length) throw damaged('GIF', 'its first frame has too few pixels');
  return indices;
}

/** The palette as [256, 3], short ones filled up with black; without one, indices are grey levels, as in Pillow. */
function fullPalette(palette: Uint8Array): Uint8Array {
  const colours = new Uint8Array(256 * 3);
  if (palette.length === 0) return colours.map((_, i) => Math.floor(i / 3));
  colours.set(palette);
  return colours;
}

/** For each stored row, its row in the frame. */
function rowOrder({ height, interlaced }: GifFrame): readonly number[] {
  const passes = interlaced ? interlacePasses : ([[0, 1]] as const);
  return passes.flatMap(([first, step]) =>
    Array.from(
      { length: Math.max(0, Math.ceil((height - first) / step)) },
      (_, i) => first + i * step,
    ),
  );
}
