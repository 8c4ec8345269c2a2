import { ByteReader, cutShort, damaged } from '../byteReader';
import { orientationOf } from '../exifOrientation';
import type { Orientation, StoredHeader } from '../picture';

const firstChunk = 12;
/** VP8X's flags for what comes besides the picture. */
const unknownFlags = 0xc1;
const [exifFlag, xmpFlag, animationFlag] = [0x08, 0x04, 0x02];
export const chunkHeader = 8;
/** Bytes of place, size, duration and flags before a frame's chunks (WebP container specification, "ANMF"). */
const frameHeader = 16;

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
      return { ...bitstreamSize(reader, { type, at }), orientation: 1 };
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

/** A key frame's start code after the three bytes of its tag, or a byte of signature. */
const bitstreamStarts = {
  lossy: { from: 3, signature: [0x9d, 0x01, 0x2a] },
  lossless: { from: 0, signature: [0x2f] },
} as const;

/** Bits of a frame's tag: that it follows on another, a version that there is not, and that it is shown (RFC 6386, 9.1). */
const [hiddenOrLater, shown] = [0x19, 0x10];

/** Reads 14 bits for each side (RFC 6386 section 9.1; lossless specification section 3). */
export function bitstreamSize(
  reader: ByteReader,
  { type, at }: Pick<WebpChunk, 'type' | 'at'>,
): { width: number; height: number } {
  const { signature, from } = bitstreamStarts[type === 'VP8 ' ? 'lossy' : 'lossless'];
  if (signature.some((byte, i) => reader.u8(at + from + i) !== byte))
    throw damaged('WebP', 'its picture does not begin as one');
  if (type === 'VP8 ' && (reader.u8(at) & hiddenOrLater) !== shown)
    throw damaged('WebP', 'its picture is none that is shown by itself');
  if (type === 'VP8 ') {
    return { width: reader.u16(at + 6, true) & 0x3fff, height: reader.u16(at + 8, true) & 0x3fff };
  }
  const packed = reader.u32(at + 1, true);
  return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
}

/** Yields the chunks between two offsets; at one that reaches past `end` it stops, or throws a PictureError if `strict`. */
function* webpChunks(
  reader: ByteReader,
  start: number,
  end: number,
  strict: boolean,
): Generator<WebpChunk, void> {
  for (let at = start; at + chunkHeader <= end;) {
    const size = reader.u32(at + 4, true);
    const isWhole = at + chunkHeader + size <= end;
    if (!isWhole && strict)
      throw damaged('WebP', `a part of it claims ${size} bytes where fewer are left`);
    if (!isWhole) return;
    yield { type: reader.ascii(at, 4), at: at + chunkHeader, size };
    at += chunkHeader + size + (size & 1);
  }
}

/** The chunks of the whole file; throws a PictureError where it is shorter than its RIFF header says, or a chunk is. */
export function fileChunks(reader: ByteReader): readonly WebpChunk[] {
  const end = chunkHeader + reader.u32(4, true);
  if (end > reader.length) throw cutShort('WebP');
  const chunks = [...webpChunks(reader, firstChunk, end, true)];
  const canvas = chunks.find(({ type }) => type === 'VP8X');
  if (canvas && (reader.u8(canvas.at) & unknownFlags) !== 0)
    throw damaged('WebP', 'its canvas says what nothing is known of');
  const isAnimated = canvas !== undefined && (reader.u8(canvas.at) & animationFlag) !== 0;
  const has = (wanted: string): boolean => chunks.some(({ type }) => type === wanted);
  if (isAnimated !== has('ANMF') || (isAnimated && !has('ANIM')))
    throw damaged('WebP', 'it is not sure whether it is an animation');
  return chunks;
}

/** The chunks of a frame of an animation. */
export function frameChunks(reader: ByteReader, { at, size }: WebpChunk): readonly WebpChunk[] {
  const chunks = [...webpChunks(reader, at + frameHeader, at + size, true)];
  const first = chunks[0]?.type ?? '';
  if (!['ALPH', 'VP8 ', 'VP8L'].includes(first))
    throw damaged('WebP', `one of its frames begins with ${JSON.stringify(first)}`);
  return chunks;
}

function findOrientation(reader: ByteReader): Orientation {
  // Whether the file is whole is seen after its size: a header is read at once.
  const end = Math.min(reader.length, chunkHeader + reader.u32(4, true));
  const chunks = [...webpChunks(reader, firstChunk, end, false)];
  const flags = reader.u8(firstChunk + chunkHeader);
  const content = (type: string, flag: number): Uint8Array | undefined => {
    const chunk = chunks.find((each) => each.type === type);
    // What the canvas does not announce is not there, as in libwebp.
    return chunk && (flags & flag) !== 0 ? reader.slice(chunk.at, chunk.size) : undefined;
  };
  return orientationOf({ exif: content('EXIF', exifFlag), xmp: content('XMP ', xmpFlag) });
}
