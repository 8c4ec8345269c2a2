import { damaged } from '../byteReader';
import { toOrientation } from '../exifOrientation';
import type { StoredHeader } from '../picture';
import { readTiffDirectory } from '../tiffDirectory';

/** Tags of TIFF 6.0, section 8 and parts 2 and 3. */
const tags = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  orientation: 274,
  samples: 277,
  rowsPerStrip: 278,
  stripSizes: 279,
  planar: 284,
  predictor: 317,
  palette: 320,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileSizes: 325,
  sampleFormat: 339,
} as const;

/** The layout of a TIFF's pixels; strips are described as tiles as wide as the picture. */
export interface TiffHeader extends StoredHeader {
  readonly littleEndian: boolean;
  readonly bits: number;
  readonly samples: number;
  readonly compression: number;
  readonly photometric: number;
  readonly predictor: number;
  readonly isPlanar: boolean;
  readonly isFloat: boolean;
  /** All reds, then all greens, then all blues, 16 bits each. */
  readonly palette: readonly number[];
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly offsets: readonly number[];
  readonly sizes: readonly number[];
}

/** Reads the header of the first directory's picture. */
export function readTiffHeader(bytes: Uint8Array): TiffHeader {
  const directory = readTiffDirectory(bytes, 'TIFF');
  const first = (tag: number, otherwise: number): number => directory.values(tag)[0] ?? otherwise;
  const width = first(tags.width, 0);
  const height = first(tags.height, 0);
  const depths = directory.values(tags.bits);
  if (new Set(depths).size > 1) throw damaged('TIFF', 'its channels differ in depth');
  const isTiled = directory.values(tags.tileOffsets).length > 0;
  return {
    width,
    height,
    orientation: toOrientation(first(tags.orientation, 1)),
    littleEndian: directory.littleEndian,
    bits: depths[0] ?? 1,
    samples: first(tags.samples, 1),
    compression: first(tags.compression, 1),
    photometric: first(tags.photometric, 1),
    predictor: first(tags.predictor, 1),
    isPlanar: first(tags.planar, 1) === 2,
    isFloat: first(tags.sampleFormat, 1) === 3,
    palette: directory.values(tags.palette),
    tileWidth: isTiled ? first(tags.tileWidth, 0) : width,
    tileHeight: isTiled
      ? first(tags.tileHeight, 0)
      : Math.min(height, first(tags.rowsPerStrip, height)),
    offsets: directory.values(isTiled ? tags.tileOffsets : tags.stripOffsets),
    sizes: directory.values(isTiled ? tags.tileSizes : tags.stripSizes),
  };
}
