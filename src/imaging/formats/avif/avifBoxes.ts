import { cutShort, damaged, type ByteReader } from '../byteReader';

/** A box of the ISO base media file format (ISO/IEC 14496-12, section 4.2). */
export interface Box {
  readonly type: string;
  /** Offset of the content. */
  readonly at: number;
  readonly end: number;
}

/** Yields the boxes between two offsets; throws a PictureError at a box that reaches past `end`: the file is cut. */
export function* avifBoxes(reader: ByteReader, start: number, end: number): Generator<Box, void> {
  for (let at = start; at < end;) {
    const short = reader.u32(at, false);
    const type = reader.ascii(at + 4, 4);
    const isLong = short === 1;
    const header = isLong ? 16 : 8;
    const long = isLong ? reader.u32(at + 8, false) * 2 ** 32 + reader.u32(at + 12, false) : short;
    const size = short === 0 ? end - at : long;
    if (size < header) throw damaged('AVIF', `a box of ${size} bytes cannot be`);
    if (at + size > end) throw cutShort('AVIF');
    yield { type, at: at + header, end: at + size };
    at += size;
  }
}
