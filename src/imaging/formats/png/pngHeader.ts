import { ByteReader, cutShort, damaged } from '../byteReader';
import { exifOrientation } from '../exifOrientation';
import type { Orientation, StoredHeader } from '../picture';

const signatureLength = 8;
/** Length, type and checksum around a chunk's data. */
const chunkOverhead = 12;

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
  /** [entries, 3]; empty where the file has none. */
  readonly palette: Uint8Array;
  /** The compressed pixels, one piece per IDAT chunk. */
  readonly data: readonly Uint8Array[];
  /** Whether the chunks run to IEND. */
  readonly complete: boolean;
}

/** Reads the header and walks the chunks; for a file cut after its header only `complete` is false. */
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
    ...readChunks(reader),
  };
}

type PngChunks = Pick<PngHeader, 'palette' | 'data' | 'complete' | 'orientation'>;

function readChunks(reader: ByteReader): PngChunks {
  const data: Uint8Array[] = [];
  let palette = new Uint8Array();
  let orientation: Orientation = 1;
  for (let at = signatureLength; at + chunkOverhead <= reader.length;) {
    const length = reader.u32(at, false);
    if (at + chunkOverhead + length > reader.length) break;
    const type = reader.ascii(at + 4, 4);
    const content = reader.slice(at + 8, length);
    if (type === 'IEND') return { palette, data, orientation, complete: true };
    if (type === 'IDAT') data.push(content);
    if (type === 'PLTE') palette = Uint8Array.from(content);
    if (type === 'eXIf') orientation = exifOrientation(content);
    at += chunkOverhead + length;
  }
  return { palette, data, orientation, complete: false };
}

/** Throws a PictureError where the chunks stop before IEND. */
export function checkPngComplete(header: PngHeader): void {
  if (!header.complete) throw cutShort('PNG');
}
