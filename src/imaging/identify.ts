import { refusal } from '../content/refusal';
import { readAvifHeader, isAvif } from './formats/avif/avifHeader';
import { isBmp, readBmpHeader } from './formats/bmp/bmpHeader';
import { readGifHeader } from './formats/gif/gifHeader';
import { readJpegHeader } from './formats/jpeg/jpegHeader';
import {
  formatNames,
  maxPixels,
  type PictureFormat,
  type PictureHeader,
  type StoredHeader,
} from './formats/picture';
import { PictureError } from './formats/pictureError';
import { readPngHeader } from './formats/png/pngHeader';
import { readTiffHeader } from './formats/tiff/tiffHeader';
import { readWebpHeader } from './formats/webp/webpHeader';

interface Recogniser {
  readonly matches: (bytes: Uint8Array) => boolean;
  readonly readHeader: (bytes: Uint8Array) => StoredHeader;
}

const recognisers: Readonly<Record<PictureFormat, Recogniser>> = {
  jpeg: { matches: startsWith(/^\xff\xd8\xff/), readHeader: readJpegHeader },
  png: { matches: startsWith('\x89PNG\r\n\x1a\n'), readHeader: readPngHeader },
  webp: { matches: startsWith(/^RIFF[\s\S]{4}WEBP/), readHeader: readWebpHeader },
  gif: { matches: startsWith(/^GIF8[79]a/), readHeader: readGifHeader },
  bmp: { matches: isBmp, readHeader: readBmpHeader },
  avif: { matches: isAvif, readHeader: readAvifHeader },
  tiff: { matches: startsWith(/^(II[*+]\0|MM\0[*+])/), readHeader: readTiffHeader },
};

const formats = Object.keys(recognisers) as readonly PictureFormat[];

/** Reads format, stored size and orientation from content; throws a PictureError if unknown, empty or too large. */
export function identify(bytes: Uint8Array): PictureHeader {
  if (bytes.length === 0) throw new PictureError('the file is empty');
  const format = formats.find((candidate) => recognisers[candidate].matches(bytes));
  if (format === undefined) {
    const names = formats.map((known) => formatNames[known]);
    throw new PictureError(refusal(bytes, { noun: 'a picture', formats: names }));
  }
  const header = recognisers[format].readHeader(bytes);
  checkSize(formatNames[format], header.width, header.height);
  return { format, ...header };
}

function checkSize(name: string, width: number, height: number): void {
  if (width < 1 || height < 1) {
    throw new PictureError(`the ${name} has no pixels: it says ${width} x ${height}`);
  }
  if (width * height > maxPixels) {
    const limit = maxPixels / 1e6;
    throw new PictureError(
      `the ${name} is too large: ${width} x ${height} is more than ${limit} megapixels, scale it down first`,
    );
  }
}

function startsWith(begin: RegExp | string): (bytes: Uint8Array) => boolean {
  return (bytes) => {
    const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
    return typeof begin === 'string' ? start.startsWith(begin) : begin.test(start);
  };
}
