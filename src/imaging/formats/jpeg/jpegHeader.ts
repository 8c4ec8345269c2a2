import { ByteReader, cutShort, damaged } from '../byteReader';
import { orientationOf } from '../exifOrientation';
import type { StoredHeader } from '../picture';
import { PictureError } from '../pictureError';

// Markers of ITU-T T.81, table B.1.
const startOfScan = 0xda;
const endOfImage = 0xd9;
const progressive = 0xc2;
const app1 = 0xe1;
const app14 = 0xee;

const xmpName = 'http://ns.adobe.com/xap/1.0/\0';

export interface JpegHeader extends StoredHeader {
  readonly components: number;
  /** In several scans, each finer than the one before (T.81, SOF2). */
  readonly isProgressive: boolean;
  /** Whether Adobe's marker says that the inks are stored inverted. */
  readonly hasAdobeMarker: boolean;
}

interface Segment {
  readonly marker: number;
  /** Offset of the payload, after the length. */
  readonly at: number;
  readonly payload: Uint8Array;
}

/** Reads size, components and orientation from the segments before the first scan. */
export function readJpegHeader(bytes: Uint8Array): JpegHeader {
  const reader = new ByteReader(bytes, 'JPEG');
  let frame: Pick<JpegHeader, 'width' | 'height' | 'components' | 'isProgressive'> | undefined;
  let exif: Uint8Array | undefined;
  let xmp: Uint8Array | undefined;
  let hasAdobeMarker = false;
  for (let segment = segmentAt(reader, 2); ; segment = segmentAfter(reader, segment)) {
    const { marker, at, payload } = segment;
    if (marker === startOfScan) break;
    if (isStartOfFrame(marker)) {
      if (reader.u8(at) !== 8)
        throw new PictureError(
          `a JPEG of ${reader.u8(at)} bits per sample is not supported: save it with 8`,
        );
      frame ??= {
        height: reader.u16(at + 1, false),
        width: reader.u16(at + 3, false),
        components: reader.u8(at + 5),
        isProgressive: marker === progressive,
      };
    } else if (marker === app1 && startsWith(payload, 'Exif\0\0')) {
      exif ??= payload;
    } else if (marker === app1 && startsWith(payload, xmpName)) {
      xmp = payload;
    } else if (marker === app14 && startsWith(payload, 'Adobe')) {
      hasAdobeMarker = true;
    }
  }
  if (frame === undefined) throw damaged('JPEG', 'it has no frame header');
  return { ...frame, orientation: orientationOf({ exif, xmp }), hasAdobeMarker };
}

/** What a frame calls its components (T.81, B.2.2). */
function componentIds(frame: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(frame.subarray(6)).filter((_, at) => at % 3 === 0);
}

/**
 * The components that are left for other scans. Throws where a scan is not one of those that the frame has: some decoders
 * go on with others.
 */
function checkScan(scan: Uint8Array, ids: Uint8Array): Uint8Array<ArrayBuffer> {
  const count = scan[0] ?? 0;
  const chosen = scan.subarray(1, 1 + 2 * count).filter((_, at) => at % 2 === 0);
  if (count < 1 || count > 4 || chosen.some((id) => !ids.includes(id)))
    throw damaged('JPEG', 'a scan of it is of components that it does not have');
  return Uint8Array.from(ids).filter((id) => !chosen.includes(id));
}

/**
 * Walks to the end marker; what follows that is ignored. Throws where it is missing: decoders would fill the rest with
 * grey. Where zeros stand in its place, as cameras and copies leave them, gives the offset of the first of them.
 */
export function zerosForEnd(bytes: Uint8Array): number | undefined {
  const reader = new ByteReader(bytes, 'JPEG');
  let at = 2;
  let ids = new Uint8Array();
  let isProgressive = false;
  for (;;) {
    if (reader.u8(markerAt(reader, at)) === endOfImage) return undefined;
    const { marker, at: start, payload } = segmentAt(reader, at);
    at = start + payload.length;
    if (isStartOfFrame(marker)) {
      ids = componentIds(payload);
      isProgressive = marker === progressive;
    }
    if (marker !== startOfScan) continue;
    const left = checkScan(payload, ids);
    if (!isProgressive) ids = left;
    const end = endOfScan(bytes, at);
    if (end === undefined) return firstOfLastZeros(bytes, at);
    at = end;
  }
}

/** Offset of the 0xFF before the first marker that entropy-coded data cannot contain; undefined where there is none. */
function endOfScan(bytes: Uint8Array, start: number): number | undefined {
  for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const code = bytes[at + 1];
    if (code === undefined) return undefined;
    const isData = code === 0 || code === 0xff || (code >= 0xd0 && code <= 0xd7);
    if (!isData) return at;
  }
  return undefined;
}

/** At least as many as the marker has bytes. */
function firstOfLastZeros(bytes: Uint8Array, start: number): number {
  let at = bytes.length;
  while (at > start && bytes[at - 1] === 0) at--;
  if (bytes.length - at < 2) throw cutShort('JPEG');
  // A zero after 0xFF belongs to it.
  return bytes[at - 1] === 0xff ? at + 1 : at;
}

function segmentAfter(reader: ByteReader, segment: Segment): Segment {
  return segmentAt(reader, segment.at + segment.payload.length);
}

function segmentAt(reader: ByteReader, start: number): Segment {
  const marker = markerAt(reader, start);
  const length = reader.u16(marker + 1, false);
  if (length < 2) throw damaged('JPEG', `a segment of ${length} bytes cannot be`);
  const payload = reader.slice(marker + 3, length - 2);
  return { marker: reader.u8(marker), at: marker + 3, payload };
}

/** Offset of the next marker's code, after fill bytes and junk, which libjpeg skips too. */
function markerAt(reader: ByteReader, start: number): number {
  let at = start;
  for (;;) {
    while (reader.u8(at) !== 0xff) at++;
    while (reader.u8(at) === 0xff) at++;
    if (reader.u8(at) !== 0) return at;
  }
}

/** Whether a marker is SOF0 to SOF15; DHT, JPG and DAC share that range. */
function isStartOfFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function startsWith(payload: Uint8Array, text: string): boolean {
  return String.fromCharCode(...payload.subarray(0, text.length)) === text;
}
