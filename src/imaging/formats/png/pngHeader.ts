import { crc32 } from 'node:zlib';
import { ByteReader, damaged } from '../byteReader';
import { orientationOf } from '../exifOrientation';
import { readAbout, type PngAbout } from './pngAbout';
import type { StoredHeader } from '../picture';

const signatureLength = 8;
/** Length and type before a chunk's data, and the checksum after it. */
const chunkHead = 8;
const chunkSum = 4;
const headerLength = 13;

export type PngColour = 'grey' | 'rgb' | 'palette' | 'greyAlpha' | 'rgba';

interface PngColourType {
  readonly colour: PngColour;
  readonly channels: number;
  readonly depths: readonly number[];
}

/** Colour types and the depths each may have (PNG specification, table 11.1). */
const colourTypes: Readonly<Record<number, PngColourType>> = {
  0: { colour: 'grey', channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { colour: 'rgb', channels: 3, depths: [8, 16] },
  3: { colour: 'palette', channels: 1, depths: [1, 2, 4, 8] },
  4: { colour: 'greyAlpha', channels: 2, depths: [8, 16] },
  6: { colour: 'rgba', channels: 4, depths: [8, 16] },
};

export interface PngHeader extends StoredHeader {
  readonly depth: number;
  readonly colour: PngColour;
  readonly channels: number;
  readonly interlaced: boolean;
  /** What has been read up to here has the checksum that is stored with it. */
  readonly isSound: boolean;
  /** [entries, 3]; empty where the file has none. */
  readonly palette: Uint8Array;
  /** The compressed pixels, one piece per IDAT chunk. */
  readonly data: readonly Uint8Array[];
}

/** Reads the header and walks the chunks, as far as there are any: whether all pixels are there is seen when they are read. */
export function readPngHeader(bytes: Uint8Array): PngHeader {
  const reader = new ByteReader(bytes, 'PNG');
  if (reader.ascii(signatureLength + 4, 4) !== 'IHDR')
    throw damaged('PNG', 'it does not begin with IHDR');
  const start = signatureLength + 8;
  const depth = reader.u8(start + 8);
  const type = colourTypes[reader.u8(start + 9)];
  if (type?.depths.includes(depth) !== true) {
    throw damaged('PNG', `colour type ${reader.u8(start + 9)} with ${depth} bits cannot be`);
  }
  const interlace = reader.u8(start + 12);
  if (interlace > 1) throw damaged('PNG', `interlace method ${interlace} is unknown`);
  return {
    width: reader.u32(start, false),
    height: reader.u32(start + 4, false),
    depth,
    colour: type.colour,
    channels: type.channels,
    interlaced: interlace === 1,
    isSound: hasRightSum(reader, signatureLength, headerLength),
    ...readChunks(reader),
  };
}

/** Whether a chunk has its checksum, and the right one. */
function hasRightSum(reader: ByteReader, at: number, length: number): boolean {
  const end = at + chunkHead + length;
  if (end + chunkSum > reader.length) return false;
  return reader.u32(end, false) === crc32(reader.slice(at + 4, end - at - 4));
}

type PngChunks = Pick<PngHeader, 'palette' | 'data' | 'orientation'>;

/** Chunks before the pixels without which the picture is another, or lies on its side; zlib checks the pixels. */
const tellingChunks: Readonly<Record<string, string>> = {
  PLTE: 'its palette has',
  eXIf: 'its EXIF has',
  tEXt: 'a text in it has',
  zTXt: 'a text in it has',
  iTXt: 'a text in it has',
};

/** Up to IEND, or to the end of a file that lacks it: of a last chunk that is cut, what there is. */
function readChunks(reader: ByteReader): PngChunks {
  const data: Uint8Array[] = [];
  const about: PngAbout = {};
  let palette = new Uint8Array();
  for (let at = signatureLength; at + chunkHead <= reader.length;) {
    const length = reader.u32(at, false);
    const type = reader.ascii(at + 4, 4);
    if (!/^[A-Za-z]{4}$/.test(type) && data.length === 0)
      throw damaged('PNG', `a part of it is called ${JSON.stringify(type)}`);
    const content = reader.slice(at + chunkHead, Math.min(length, reader.length - at - chunkHead));
    if (type === 'IEND') break;
    if (type === 'IDAT') data.push(content);
    const telling = tellingChunks[type];
    if (telling !== undefined && data.length === 0 && !hasRightSum(reader, at, length))
      throw damaged('PNG', `${telling} a wrong checksum`);
    if (type === 'PLTE') palette = Uint8Array.from(content);
    readAbout(type, content, about);
    at += chunkHead + length + chunkSum;
  }
  return {
    palette,
    data,
    orientation: orientationOf({ exif: about.exif ?? about.profile, xmp: about.xmp }),
  };
}
