import { ByteReader, damaged } from '../byteReader';
import type { StoredHeader } from '../picture';

const screenEnd = 13;
const extension = 0x21;
const image = 0x2c;
const trailer = 0x3b;
const graphicControl = 0xf9;

/** The first frame and what is needed to draw it. */
export interface GifFrame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly interlaced: boolean;
  /** [entries, 3]; empty where neither frame nor file has one. */
  readonly palette: Uint8Array;
  readonly transparent: number | undefined;
  readonly literalBits: number;
  /** LZW data without the sub-blocks' lengths. */
  readonly data: Uint8Array;
}

/** The canvas' size, which a first frame that reaches beyond it widens, as in Pillow. GIF has no orientation. */
export function readGifHeader(bytes: Uint8Array): StoredHeader {
  const reader = new ByteReader(bytes, 'GIF');
  const { left, top, width, height } = firstPlace(reader);
  return {
    width: Math.max(reader.u16(6, true), left + width),
    height: Math.max(reader.u16(8, true), top + height),
    orientation: 1,
  };
}

const nowhere: Place = { left: 0, top: 0, width: 0, height: 0, interlaced: false };

/** Where the first frame lies; nowhere in a file that ends before it. */
function firstPlace(reader: ByteReader): Place {
  const head = 10;
  for (let at = screenEnd + paletteLength(reader.u8(10)); at + head <= reader.length;) {
    const block = reader.u8(at);
    if (block === image) return readPlace(reader, at);
    if (block !== extension) break;
    at += 2;
    while (at < reader.length && reader.u8(at) > 0) at += 1 + reader.u8(at);
    at++;
  }
  return nowhere;
}

function paletteLength(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * (2 << (flags & 7));
}

/** Reads the first frame, and walks all later blocks to detect a file that is cut (GIF89a, sections 17 to 27). */
export function readGifFrame(bytes: Uint8Array): GifFrame {
  const reader = new ByteReader(bytes, 'GIF');
  const globalPalette = readPalette(reader, reader.u8(10), screenEnd);
  let transparent: number | undefined;
  let frame: GifFrame | undefined;
  for (let at = screenEnd + globalPalette.length; at < reader.length;) {
    const block = reader.u8(at);
    if (block === trailer) break;
    if (block === extension) {
      const isControl = frame === undefined && reader.u8(at + 1) === graphicControl;
      if (isControl && (reader.u8(at + 3) & 1) === 1) transparent = reader.u8(at + 6);
      at = subBlocks(reader, at + 2).end;
    } else if (block === image) {
      const palette = readPalette(reader, reader.u8(at + 9), at + 10);
      const dataAt = at + 10 + palette.length;
      const { parts, end } = subBlocks(reader, dataAt + 1);
      frame ??= {
        ...readPlace(reader, at),
        palette: palette.length > 0 ? palette : globalPalette,
        transparent,
        literalBits: reader.u8(dataAt),
        data: Buffer.concat(parts),
      };
      at = end;
    } else if (frame !== undefined) {
      // Viewers ignore junk after the first picture.
      break;
    } else {
      throw damaged('GIF', `a block of type ${block} is unknown`);
    }
  }
  if (frame === undefined) throw damaged('GIF', 'it has no frame');
  return frame;
}

type Place = Pick<GifFrame, 'left' | 'top' | 'width' | 'height' | 'interlaced'>;

function readPlace(reader: ByteReader, at: number): Place {
  return {
    left: reader.u16(at + 1, true),
    top: reader.u16(at + 3, true),
    width: reader.u16(at + 5, true),
    height: reader.u16(at + 7, true),
    interlaced: (reader.u8(at + 9) & 0x40) !== 0,
  };
}

function readPalette(reader: ByteReader, flags: number, at: number): Uint8Array {
  return reader.slice(at, paletteLength(flags));
}

/** Collects sub-blocks of up to 255 bytes; an empty one ends the list. */
function subBlocks(
  reader: ByteReader,
  start: number,
): { readonly parts: readonly Uint8Array[]; readonly end: number } {
  const parts: Uint8Array[] = [];
  let at = start;
  for (let size = reader.u8(at); size > 0; size = reader.u8(at)) {
    parts.push(reader.slice(at + 1, size));
    at += 1 + size;
  }
  return { parts, end: at + 1 };
}
