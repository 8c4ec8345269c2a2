import { ByteReader, cutShort, damaged } from '../byteReader';
import { maxPixels, type Pixels } from '../picture';
import { PictureError } from '../pictureError';
import { sampleReader } from '../samples';
import { tiffColour } from './tiffColour';
import { tiffDecompressor, undoPredictor } from './tiffCompression';
import { readTiffHeader, type TiffHeader } from './tiffHeader';

const depths: readonly number[] = [1, 2, 4, 8, 16];
const maxSamples = 8;
/** Bits of 100 megapixels of RGBA. */
const maxTileBits = maxPixels * 4 * 8;

/**
 * Decodes grey, RGB, palette and CMYK of 1 to 16 bits, in strips or tiles, plain, LZW, Deflate or PackBits.
 * Own code because tiff 7.1 reads no PackBits, CMYK, 2 or 4 bits and misreads tiles; it, geotiff 3 and utif2 inflate
 * without limit.
 */
export function decodeTiff(bytes: Uint8Array): Pixels {
  const header = readTiffHeader(bytes);
  checkLayout(header);
  const { width, height, tileWidth, tileHeight } = header;
  const rgb = new Uint8Array(width * height * 3);
  const draw = rowDrawer(header, rgb);
  const readTile = tileReader(bytes, header);
  const columns = Math.ceil(width / tileWidth);
  const tiles = columns * Math.ceil(height / tileHeight);
  for (let tile = 0; tile < tiles; tile++) {
    const left = (tile % columns) * tileWidth;
    const top = Math.floor(tile / columns) * tileHeight;
    const rows = Math.min(tileHeight, height - top);
    const planes = Array.from({ length: header.isPlanar ? header.samples : 1 }, (_, plane) =>
      readTile(plane * tiles + tile, rows),
    );
    for (let y = 0; y < rows; y++) {
      draw(
        planes.map((plane) => plane(y)),
        left,
        top + y,
      );
    }
  }
  return { width, height, rgb };
}

type RowDrawer = (lines: readonly Uint8Array[], left: number, y: number) => void;

/** Returns a function that draws a tile's row from one line of interleaved samples, or from a line for each channel. */
function rowDrawer(header: TiffHeader, rgb: Uint8Array): RowDrawer {
  const { width, tileWidth, samples, isPlanar } = header;
  const colour = tiffColour(header);
  const sample = sampleReader(header.bits);
  const pixel = new Uint8Array(samples);
  const step = isPlanar ? 1 : samples;
  return (lines, left, y) => {
    const channels = Array.from(
      { length: samples },
      (_, s) => (isPlanar ? lines[s] : lines[0]) ?? rgb,
    );
    const count = Math.min(tileWidth, width - left);
    let to = 3 * (y * width + left);
    for (let x = 0; x < count; x++, to += 3) {
      for (let s = 0; s < samples; s++) {
        pixel[s] = sample(channels[s] ?? rgb, x * step + (isPlanar ? 0 : s));
      }
      colour(pixel, rgb, to);
    }
  };
}

function checkLayout(header: TiffHeader): void {
  const { bits, samples, tileWidth, tileHeight, offsets, sizes } = header;
  if (header.isFloat || !depths.includes(bits) || samples < 1 || samples > maxSamples) {
    const kind = header.isFloat ? 'floating point' : 'bits';
    throw new PictureError(
      `a TIFF of ${samples} x ${bits} ${kind} is not supported: save it with 8 bits`,
    );
  }
  if (tileWidth < 1 || tileHeight < 1 || tileWidth * tileHeight > maxPixels) {
    throw damaged('TIFF', `tiles of ${tileWidth} x ${tileHeight} cannot be`);
  }
  if (tileWidth * tileHeight * samples * bits > maxTileBits) {
    throw new PictureError(
      'the TIFF is too large: one of its strips is more than 400 MB, save it with 8 bits',
    );
  }
  const perPlane = Math.ceil(header.width / tileWidth) * Math.ceil(header.height / tileHeight);
  const needed = perPlane * (header.isPlanar ? samples : 1);
  if (offsets.length < needed || sizes.length < needed) throw cutShort('TIFF');
}

type RowReader = (y: number) => Uint8Array;

/** Returns a reader of the rows of a strip or tile; the last strip may hold fewer rows than the others. */
function tileReader(
  bytes: Uint8Array,
  header: TiffHeader,
): (index: number, rowsNeeded: number) => RowReader {
  const reader = new ByteReader(bytes, 'TIFF');
  const { offsets, sizes, tileWidth, bits } = header;
  offsets.forEach((offset, i) => reader.check(offset, sizes[i] ?? 0));
  const decompress = tiffDecompressor(header.compression);
  const samples = header.isPlanar ? 1 : header.samples;
  const stride = Math.ceil((tileWidth * samples * bits) / 8);
  return (index, rowsNeeded) => {
    const isStrip = tileWidth === header.width;
    const rows = isStrip ? rowsNeeded : header.tileHeight;
    const data = decompress(reader.slice(offsets[index] ?? 0, sizes[index] ?? 0), stride * rows);
    return (y) => {
      const row = Uint8Array.from(data.subarray(y * stride, (y + 1) * stride));
      // All later code reads samples high byte first.
      if (bits === 16 && header.littleEndian) Buffer.from(row.buffer).swap16();
      undoPredictor(header.predictor, row, samples, bits);
      return row;
    };
  };
}
