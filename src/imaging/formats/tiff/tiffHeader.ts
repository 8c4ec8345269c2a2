import { damaged } from '../byteReader';
import { toOrientation, xmpOrientation } from '../exifOrientation';
import type { StoredHeader } from '../picture';
import { readTiffDirectory } from '../tiffDirectory';
import { refuseRawPicture } from './rawPicture';
import { checkChannels, unsaidPhotometric } from './tiffChannels';

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
  t4Options: 292,
  t6Options: 293,
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

/** LZW, Deflate's two numbers and Zstandard: differences are not taken of what is packed otherwise, whatever the tag says. */
const predicted: readonly number[] = [5, 8, 32946, 50000];
const noPredictor = 1;
const group4 = 4;

/** Those that say where the pixels are and how they lie; others may hold what they want. */
const layoutTags = Object.values(tags).filter(
  (tag) => tag !== tags.orientation && tag !== tags.xmp,
);

const singleTags: readonly number[] = [
  ...[tags.width, tags.height, tags.compression, tags.photometric, tags.fillOrder, tags.samples],
  ...[tags.rowsPerStrip, tags.planar, tags.predictor, tags.tileWidth, tags.tileHeight],
];

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
  /** T4Options, of Group 4 T6Options. */
  readonly faxOptions: number;
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
  refuseRawPicture(bytes, directory);
  for (const tag of layoutTags) {
    if (directory.has(tag) && directory.values(tag).length === 0)
      throw damaged('TIFF', `its tag ${tag} holds no whole numbers`);
    if (singleTags.includes(tag) && directory.values(tag).length > 1)
      throw damaged(
        'TIFF',
        `its tag ${tag} holds ${directory.values(tag).length} numbers, not one`,
      );
  }
  const compression = first(tags.compression, 1);
  const width = first(tags.width, 0);
  const height = first(tags.height, 0);
  const samples = first(tags.samples, 1);
  // Some writers list more depths than there are channels.
  const depths = directory.values(tags.bits).slice(0, samples);
  if (new Set(depths).size > 1) throw damaged('TIFF', 'its channels differ in depth');
  const bits = depths[0] ?? 1;
  const photometric = directory.values(tags.photometric)[0];
  const extras = directory.values(tags.extraSamples);
  const planar = first(tags.planar, 1);
  const fillOrder = first(tags.fillOrder, 1);
  checkChannels({ photometric, samples, bits, extras, planar, fillOrder });
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
      directory.number(tags.orientation) ??
        xmpOrientation(Uint8Array.from(directory.values(tags.xmp))),
    ),
    littleEndian: directory.littleEndian,
    bits,
    samples,
    compression,
    photometric: photometric ?? unsaidPhotometric,
    predictor: predicted.includes(compression) ? first(tags.predictor, 1) : noPredictor,
    isPlanar: planar === 2,
    sampleFormat: first(tags.sampleFormat, 1),
    faxOptions: first(compression === group4 ? tags.t6Options : tags.t4Options, 0),
    jpegTables: Uint8Array.from(directory.values(tags.jpegTables)),
    isReversed: fillOrder === 2,
    isPremultiplied: extras[0] === 1,
    palette: directory.values(tags.palette),
    tileWidth: isTiled ? tile[0] : width,
    tileHeight: isTiled ? tile[1] : Math.min(height, first(tags.rowsPerStrip, height)),
    offsets: places(tags.tileOffsets, tags.stripOffsets),
    sizes: places(tags.tileSizes, tags.stripSizes),
  };
}
