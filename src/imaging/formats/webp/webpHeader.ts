import { ByteReader, cutShort, damaged } from '../byteReader';
import { orientationOf } from '../exifOrientation';
import type { Orientation, StoredHeader } from '../picture';

const firstChunk = 12;
const chunkHeader = 8;
/** Bytes of place, size, duration and flags before a frame's chunks (WebP container specification, "ANMF"). */
export const frameHeader = 16;

export interface WebpChunk {
  readonly type: string;
  /** Offset of the data. */
  readonly at: number;
  readonly size: number;
}

/** Reads canvas size and orientation. */
export function readWebpHeader(bytes: Uint8Array): StoredHeader {
  const reader = new ByteReader(bytes, 'WebP');
  const type = reader.ascii(firstChunk, 4);
  const at = firstChunk + chunkHeader;
  switch (type) {
    case 'VP8X':
      return { ...canvasSize(reader, at + 4), orientation: findOrientation(reader) };
    case 'VP8 ':
    case 'VP8L':
      return { ...bitstreamSize(reader, type, at), orientation: 1 };
    default:
      throw damaged('WebP', 'it does not begin with a picture');
  }
}

/** Reads width and height, each stored in 24 bits, minus one. */
export function canvasSize(reader: ByteReader, at: number): { width: number; height: number } {
  return { width: u24(reader, at) + 1, height: u24(reader, at + 3) + 1 };
}

export function u24(reader: ByteReader, at: number): number {
  return reader.u16(at, true) | (reader.u8(at + 2) << 16);
}

/** Reads 14 bits for each side (RFC 6386 section 9.1; lossless specification section 3). */
function bitstreamSize(
  reader: ByteReader,
  type: 'VP8 ' | 'VP8L',
  at: number,
): { width: number; height: number } {
  if (type === 'VP8 ') {
    return { width: reader.u16(at + 6, true) & 0x3fff, height: reader.u16(at + 8, true) & 0x3fff };
  }
  const packed = reader.u32(at + 1, true);
  return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
}

/** Yields the chunks between two offsets; stops at one that reaches past `end`. */
export function* webpChunks(
  reader: ByteReader,
  start: number,
  end: number,
): Generator<WebpChunk, void> {
  for (let at = start; at + chunkHeader <= end;) {
    const size = reader.u32(at + 4, true);
    if (at + chunkHeader + size > end) return;
    yield { type: reader.ascii(at, 4), at: at + chunkHeader, size };
    at += chunkHeader + size + (size & 1);
  }
}

/** The chunks of the whole file. */
export function fileChunks(reader: ByteReader): readonly WebpChunk[] {
  const end = Math.min(reader.length, chunkHeader + reader.u32(4, true));
  return [...webpChunks(reader, firstChunk, end)];
}

/** Throws a PictureError where the file is shorter than its RIFF header says. */
export function checkWebpComplete(reader: ByteReader): void {
  if (chunkHeader + reader.u32(4, true) > reader.length) throw cutShort('WebP');
}

function findOrientation(reader: ByteReader): Orientation {
  const chunks = fileChunks(reader);
  const content = (type: string): Uint8Array | undefined => {
    const chunk = chunks.find((each) => each.type === type);
    return chunk && reader.slice(chunk.at, chunk.size);
  };
  return orientationOf({ exif: content('EXIF'), xmp: content('XMP ') });
}
