import { cutShort, damaged } from '../byteReader';
import { maxPixels, type Pixels } from '../picture';
import { PictureError } from '../pictureError';
import { sampleReader } from '../samples';
import { faxDecompressor } from './decodeFax';
import { tiffColour } from './tiffColour';
import { tiffDecompressor, undoPredictor } from './tiffCompression';
import { jpegCompression, jpegTileHeader, jpegTileReader } from './tiffJpeg';
import { tileSource, type TileSource } from './tileSource';
import { readTiffHeader, type TiffHeader } from './tiffHeader';

const depths: readonly number[] = [1, 2, 4, 8, 16];
const maxSamples = 8;
/** Bits of 100 megapixels of RGBA. */
const maxTileBits = maxPixels * 4 * 8;

/**
 * Decodes grey, RGB, palette and CMYK of 1 to 16 bits and grey of 32-bit floats, in strips or tiles, plain, LZW, Deflate,
 * PackBits, Zstandard, JPEG or fax. Own code because tiff 7.1 reads no PackBits, CMYK, 2 or 4 bits and misreads tiles; it,
 * geotiff 3 and utif2 inflate without limit.
 */
export async function decodeTiff(bytes: Uint8Array, wasmDirectory: string): Promise<Pixels> {
  const stored = readTiffHeader(bytes);
  checkLayout(stored);
  const isJpeg = stored.compression === jpegCompression;
  const header = isJpeg ? jpegTileHeader(stored) : stored;
  const { width, height, tileWidth, tileHeight } = header;
  const rgb = new Uint8Array(width * height * 3);
  const draw = rowDrawer(header, rgb);
  const source = tileSource(bytes, stored);
  const readTile = isJpeg
    ? jpegTileReader(stored, source, wasmDirectory)
    : tileReader(header, source);
  const columns = Math.ceil(width / tileWidth);
  const tiles = columns * Math.ceil(height / tileHeight);
  for (let tile = 0; tile < tiles; tile++) {
    const left = (tile % columns) * tileWidth;
    const top = Math.floor(tile / columns) * tileHeight;
    const rows = Math.min(tileHeight, height - top);
    const planes: RowReader[] = [];
    for (let plane = 0; plane < (header.isPlanar ? header.samples : 1); plane++)
      planes.push(await readTile(plane * tiles + tile, rows));
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
  // Floats have become levels by then.
  const sample = sampleReader(Math.min(header.bits, header.sampleFormat === 3 ? 8 : 16));
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
  const { bits, samples, tileWidth, tileHeight, offsets } = header;
  const isFloat = header.sampleFormat === 3;
  // Of 8 bits Pillow takes signed ones of grey for unsigned.
  const isGrey8 = bits === 8 && samples === 1 && header.photometric === 1;
  const isSigned = header.sampleFormat > 1 && !isFloat && !isGrey8;
  const isKnown = isFloat ? bits === 32 && samples === 1 : depths.includes(bits) && !isSigned;
  if (!isKnown || samples < 1 || samples > maxSamples) {
    const kind = isFloat ? 'floating point' : isSigned ? 'signed bits' : 'bits';
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
  if (offsets.length < needed) throw cutShort('TIFF');
  // Readers take the first of them, or the last.
  if (needed === 1 && offsets.length > 1)
    throw damaged('TIFF', `it has ${offsets.length} strips where one has all of it`);
}

type RowReader = (y: number) => Uint8Array;

/** Reads the rows of a strip or tile; the last strip may hold fewer rows than the others. */
type TileReader = (index: number, rowsNeeded: number) => Promise<RowReader>;

function tileReader(header: TiffHeader, source: TileSource): TileReader {
  const { tileWidth, bits } = header;
  const decompress = faxDecompressor(header) ?? tiffDecompressor(header.compression);
  const samples = header.isPlanar ? 1 : header.samples;
  const stride = Math.ceil((tileWidth * samples * bits) / 8);
  return async (index, rowsNeeded) => {
    const isStrip = tileWidth === header.width;
    const size = stride * (isStrip ? rowsNeeded : header.tileHeight);
    const data = await decompress(source(index, size), size);
    return (y) => {
      const row = Uint8Array.from(data.subarray(y * stride, (y + 1) * stride));
      // All later code reads samples high byte first.
      if (bits === 16 && header.littleEndian) Buffer.from(row.buffer).swap16();
      undoPredictor(header, row, samples);
      if (bits === 32 && header.littleEndian && header.predictor !== 3)
        Buffer.from(row.buffer).swap32();
      return bits === 32 ? levelsOfFloats(row) : row;
    };
  };
}

/** Each big-endian float as a level from 0 to 255, cut off as in Pillow's conversion of floats. */
function levelsOfFloats(row: Uint8Array): Uint8Array {
  const view = new DataView(row.buffer, row.byteOffset, row.byteLength);
  return Uint8Array.from({ length: row.length >> 2 }, (_, index) => {
    const value = view.getFloat32(4 * index);
    return Math.trunc(Math.min(255, Math.max(0, Number.isNaN(value) ? 0 : value)));
  });
}
