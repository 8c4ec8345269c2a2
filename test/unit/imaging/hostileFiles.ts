import { fixture } from './fixtures';

/** 900 megapixels when squared, in a hundred bytes. */
export const side = 30_000;

/** A fixture with other bytes from an offset on. */
export function edit(name: string, at: number, ...values: readonly number[]): Uint8Array {
  const bytes = fixture(name);
  bytes.set(values, at);
  return bytes;
}

/** Only the header, without a checksum. */
export function pngOf(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(25);
  header.writeUInt32BE(13);
  header.write('IHDR', 4);
  header.writeUInt32BE(width, 8);
  header.writeUInt32BE(height, 12);
  header.set([8, 2, 0, 0, 0], 16);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), header]);
}

export function jpegOf(width: number, height: number): Uint8Array {
  const bytes = fixture('rgb-420.jpg');
  const frame = bytes.indexOf(Buffer.of(0xff, 0xc0)) + 5;
  bytes.writeUInt16BE(height, frame);
  bytes.writeUInt16BE(width, frame + 2);
  return bytes;
}

/** A JPEG whose frame has another marker. */
export function jpegOfKind(marker: number): Uint8Array {
  const bytes = fixture('rgb-420.jpg');
  bytes[bytes.indexOf(Buffer.of(0xff, 0xc0)) + 1] = marker;
  return bytes;
}

function gif(): Uint8Array {
  const bytes = fixture('still.gif');
  bytes.writeUInt16LE(side, 6);
  bytes.writeUInt16LE(side, 8);
  return bytes;
}

function bmp(): Uint8Array {
  const bytes = fixture('rgb.bmp').subarray(0, 60);
  bytes.writeInt32LE(side, 18);
  bytes.writeInt32LE(side, 22);
  return bytes;
}

function webp(): Uint8Array {
  const bytes = fixture('animated.webp').subarray(0, 100);
  bytes.writeUIntLE(side - 1, 24, 3);
  bytes.writeUIntLE(side - 1, 27, 3);
  return bytes;
}

function avif(): Uint8Array {
  const bytes = fixture('lossy.avif');
  const size = bytes.indexOf('ispe') + 8;
  bytes.writeUInt32BE(side, size);
  bytes.writeUInt32BE(side, size + 4);
  return bytes;
}

type Tags = Readonly<Record<number, number>>;

/** A TIFF of one directory and another that it refers to, each of these tags as LONG. */
export function tiffOf(tags: Tags, child?: Tags, start = 'II*\0'): Buffer {
  const first = Math.max(8, start.length + 4);
  const size = (of: Tags): number => 6 + 12 * Object.keys(of).length;
  const whole = child ? { ...tags, 330: first + size({ ...tags, 330: 0 }) } : tags;
  const head = Buffer.from(start.padEnd(first, '\0'), 'latin1');
  head.writeUInt32LE(first, 4);
  return Buffer.concat([head, directoryOf(whole), ...(child ? [directoryOf(child)] : [])]);
}

function directoryOf(tags: Tags): Buffer {
  const entries = Object.entries(tags).map(([tag, value]) => {
    const entry = Buffer.alloc(12);
    entry.writeUInt16LE(Number(tag), 0);
    entry.writeUInt16LE(4, 2);
    entry.writeUInt32LE(1, 4);
    entry.writeUInt32LE(value, 8);
    return entry;
  });
  return Buffer.concat([Buffer.from([entries.length, 0]), ...entries, Buffer.alloc(4)]);
}

/** What a reader of TIFF finds first in a camera's raw picture: 2 x 2 pixels of RGB. */
export const thumbnail: Tags = { 254: 1, 256: 2, 257: 2, 258: 8, 259: 1, 262: 2, 273: 8, 277: 3 };

/** A file of each format that claims `side` x `side`. */
export const tooLarge: Readonly<Record<string, Uint8Array>> = {
  JPEG: jpegOf(side, side),
  PNG: pngOf(side, side),
  WebP: webp(),
  GIF: gif(),
  BMP: bmp(),
  AVIF: avif(),
  TIFF: tiffOf({ 256: side, 257: side }),
};
