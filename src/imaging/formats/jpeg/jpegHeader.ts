import { ByteReader, damaged } from '../byteReader';
import { orientationOf } from '../exifOrientation';
import type { StoredHeader } from '../picture';
import { PictureError } from '../pictureError';
import { isStartOfFrame, segmentAt, startOfScan } from './jpegSegments';

// Markers of ITU-T T.81, table B.1.
const app1 = 0xe1;
const app14 = 0xee;

/** Kinds of JPEG that no usual decoder reads, by their frames' markers; the last is of another standard, T.87. */
const unread: Readonly<Record<number, string>> = {
  0xc3: 'lossless JPEG',
  0xc5: 'hierarchical JPEG',
  0xc6: 'hierarchical JPEG',
  0xc7: 'lossless JPEG',
  0xc9: 'JPEG with arithmetic coding',
  0xca: 'JPEG with arithmetic coding',
  0xcb: 'lossless JPEG',
  0xcd: 'hierarchical JPEG',
  0xce: 'hierarchical JPEG',
  0xcf: 'lossless JPEG',
  0xf7: 'JPEG-LS picture',
};

const xmpName = 'http://ns.adobe.com/xap/1.0/\0';

export interface JpegHeader extends StoredHeader {
  readonly components: number;
  /** Whether Adobe's marker says that the inks are stored inverted. */
  readonly hasAdobeMarker: boolean;
}

/** Reads size, components and orientation from the segments before the first scan. */
export function readJpegHeader(bytes: Uint8Array): JpegHeader {
  const reader = new ByteReader(bytes, 'JPEG');
  let frame: Pick<JpegHeader, 'width' | 'height' | 'components'> | undefined;
  let exif: Uint8Array | undefined;
  let xmp: Uint8Array | undefined;
  let hasAdobeMarker = false;
  for (let next = 2; ;) {
    const { marker, at, payload, end } = segmentAt(reader, next);
    next = end;
    if (marker === startOfScan) break;
    const kind = unread[marker];
    if (kind !== undefined)
      throw new PictureError(
        `a ${kind} is not supported: save it as JPEG of the usual kind or PNG`,
      );
    if (isStartOfFrame(marker)) {
      if (reader.u8(at) !== 8)
        throw new PictureError(
          `a JPEG of ${reader.u8(at)} bits per sample is not supported: save it with 8`,
        );
      frame ??= {
        height: reader.u16(at + 1, false),
        width: reader.u16(at + 3, false),
        components: reader.u8(at + 5),
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

function startsWith(payload: Uint8Array, text: string): boolean {
  return String.fromCharCode(...payload.subarray(0, text.length)) === text;
}
