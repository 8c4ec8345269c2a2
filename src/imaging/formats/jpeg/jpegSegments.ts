import { damaged, type ByteReader } from '../byteReader';

// Markers of ITU-T T.81, table B.1.
export const arithmeticTables = 0xcc;
export const huffmanTables = 0xc4;
export const startOfScan = 0xda;
export const endOfImage = 0xd9;
export const progressive = 0xc2;

/** A marker and what belongs to it. */
export interface Segment {
  readonly marker: number;
  /** Offset of the payload, after the length. */
  readonly at: number;
  readonly payload: Uint8Array;
  /** Offset of what follows. */
  readonly end: number;
}

const firstMarker = 0xc0;

/** The next segment that has a length. */
export function segmentAt(reader: ByteReader, start: number): Segment {
  const marker = markerAt(reader, start);
  if (reader.u8(marker) < firstMarker)
    throw damaged('JPEG', `marker ${reader.u8(marker)} in it is none`);
  const length = reader.u16(marker + 1, false);
  if (length < 2) throw damaged('JPEG', `a segment of ${length} bytes cannot be`);
  const payload = reader.slice(marker + 3, length - 2);
  return { marker: reader.u8(marker), at: marker + 3, payload, end: marker + 1 + length };
}

/** Offset of the next marker's code, after fill bytes and junk, which libjpeg skips too. */
export function markerAt(reader: ByteReader, start: number): number {
  let at = start;
  for (;;) {
    while (reader.u8(at) !== 0xff) at++;
    while (reader.u8(at) === 0xff) at++;
    if (reader.u8(at) !== 0) return at;
  }
}

/** Whether a marker is SOF0 to SOF15; DHT, JPG and DAC share that range. */
export function isStartOfFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}
