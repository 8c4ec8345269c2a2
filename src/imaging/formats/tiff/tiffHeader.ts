import { damaged } from '../byteReader';
import { toOrientation, xmpOrientation } from '../exifOrientation';
import type { StoredHeader } from '../picture';
import { readTiffDirectory } from '../tiffDirectory';

/** Tags of TIFF 6.0, section 8 and parts 2 and 3. */
const tags = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
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
  extraSamples: 338,
  sampleFormat: 339,
  jpegTables: 347,
  xmp: 700,
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
  /** 1 unsigned, 2 signed, 3 floating point. */
  readonly sampleFormat: number;
  /** What all JPEG strips have in common; empty where there is nothing. */
  readonly jpegTables: Uint8Array;
  /** The bits of a byte are in reverse. */
  readonly isReversed: boolean;
  /** Colours are stored multiplied by the alpha that follows them. */
  readonly isPremultiplied: boolean;
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
  const samples = first(tags.samples, 1);
  // Some writers list more depths than there are channels.
  const depths = directory.values(tags.bits).slice(0, samples);
  if (new Set(depths).size > 1) throw damaged('TIFF', 'its channels differ in depth');
  const tile = [first(tags.tileWidth, 0), first(tags.tileHeight, 0)] as const;
  const isTiled = directory.values(tags.tileOffsets).length > 0 || Math.min(...tile) > 0;
  /** Tiles may be listed under the strips' tags: libtiff takes one for the other. */
  const places = (ofTiles: number, ofStrips: number): readonly number[] => {
    const own = directory.values(isTiled ? ofTiles : ofStrips);
    return own.length > 0 ? own : directory.values(ofStrips);
  };
  return {
    width,
    height,
    orientation: toOrientation(
      directory.values(tags.orientation)[0] ??
        xmpOrientation(Uint8Array.from(directory.values(tags.xmp))),
    ),
    littleEndian: directory.littleEndian,
    bits: depths[0] ?? 1,
    samples,
    compression: first(tags.compression, 1),
    // Where it is missing, Pillow takes 0.
    photometric: first(tags.photometric, 0),
    predictor: first(tags.predictor, 1),
    isPlanar: first(tags.planar, 1) === 2,
    sampleFormat: first(tags.sampleFormat, 1),
    jpegTables: Uint8Array.from(directory.values(tags.jpegTables)),
    isReversed: first(tags.fillOrder, 1) === 2,
    isPremultiplied: first(tags.extraSamples, 0) === 1,
    palette: directory.values(tags.palette),
    tileWidth: isTiled ? tile[0] : width,
    tileHeight: isTiled ? tile[1] : Math.min(height, first(tags.rowsPerStrip, height)),
    offsets: places(tags.tileOffsets, tags.stripOffsets),
    sizes: places(tags.tileSizes, tags.stripSizes),
  };
}
