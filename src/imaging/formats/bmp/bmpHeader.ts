import { ByteReader, damaged } from '../byteReader';
import type { StoredHeader } from '../picture';
import { PictureError } from '../pictureError';

const fileHeader = 14;
const coreHeader = 12;
/** Sizes of BITMAPCOREHEADER, BITMAPINFOHEADER, its versions 2 and 3, OS/2's, and versions 4 and 5. */
const headerSizes: readonly number[] = [coreHeader, 40, 52, 56, 64, 108, 124];

export type BmpCoding = 'plain' | 'rle8' | 'rle4';

export interface BmpHeader extends StoredHeader {
  readonly topDown: boolean;
  readonly bits: number;
  readonly coding: BmpCoding;
  /** Red, green and blue of a pixel of 16 or 32 bits. */
  readonly masks: readonly [number, number, number];
  /** [entries, 3 or 4]: blue, green, red and, where there are 4, an unused byte. */
  readonly palette: Uint8Array;
  readonly paletteStep: number;
  /** Offset of the pixels. */
  readonly pixels: number;
}

const mostColours = 256;

/** Also checks the size of the header, since text can begin with "BM". */
export function isBmp(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x42 || bytes[1] !== 0x4d) return false;
  return bytes.length >= fileHeader + 4
    ? headerSizes.includes(new ByteReader(bytes, 'BMP').u32(fileHeader, true))
    : bytes.length >= fileHeader;
}

/** Reads the whole header; throws a PictureError for depths and codings that Pillow does not read either. */
export function readBmpHeader(bytes: Uint8Array): BmpHeader {
  const reader = new ByteReader(bytes, 'BMP');
  const size = reader.u32(fileHeader, true);
  if (!headerSizes.includes(size)) throw damaged('BMP', `a header of ${size} bytes is unknown`);
  const isCore = size === coreHeader;
  const at = fileHeader + 4;
  const height = isCore ? reader.u16(at + 2, true) : reader.i32(at + 4, true);
  const bits = reader.u16(at + (isCore ? 6 : 10), true);
  const compression = isCore ? 0 : reader.u32(at + 12, true);
  const coding = readCoding(compression, bits);
  const masksAt = fileHeader + 40;
  const colours = (isCore ? 0 : reader.u32(at + 28, true)) || 1 << bits;
  if (bits <= 8 && colours > mostColours)
    throw damaged('BMP', `a palette of ${colours} colours cannot be`);
  const paletteStep = isCore ? 3 : 4;
  const paletteAt = fileHeader + size + (size === 40 && compression === 3 ? 12 : 0);
  const paletteLength = bits <= 8 ? paletteStep * colours : 0;
  const pixels = reader.u32(10, true) || paletteAt + paletteLength;
  return {
    width: isCore ? reader.u16(at, true) : reader.i32(at, true),
    height: Math.abs(height),
    orientation: 1,
    topDown: height < 0,
    bits,
    coding,
    masks:
      compression === 3
        ? [reader.u32(masksAt, true), reader.u32(masksAt + 4, true), reader.u32(masksAt + 8, true)]
        : defaultMasks(bits),
    // Some writers store fewer colours than the header says: as in Pillow, pixels then stand for those that are missing.
    palette: reader.bytes.subarray(paletteAt, paletteAt + paletteLength),
    paletteStep,
    pixels,
  };
}

function defaultMasks(bits: number): readonly [number, number, number] {
  return bits === 16 ? [0x7c00, 0x3e0, 0x1f] : [0xff0000, 0xff00, 0xff];
}

/** biCompression: 0 none, 1 and 2 run lengths of 8 and 4 bits, 3 bit masks. */
function readCoding(compression: number, bits: number): BmpCoding {
  if (compression === 0 && [1, 4, 8, 16, 24, 32].includes(bits)) return 'plain';
  if (compression === 3 && (bits === 16 || bits === 32)) return 'plain';
  if (compression === 1 && bits === 8) return 'rle8';
  if (compression === 2 && bits === 4) return 'rle4';
  throw new PictureError(
    `a BMP of ${bits} bits with compression ${compression} is not supported: save it as PNG`,
  );
}
