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

/** Only what a size needs: ImageWidth and ImageLength as LONG. */
function tiff(): Uint8Array {
  const bytes = Buffer.alloc(38);
  bytes.write('II*\0', 'latin1');
  bytes.writeUInt32LE(8, 4);
  bytes.writeUInt16LE(2, 8);
  [256, 257].forEach((tag, i) => {
    const at = 10 + 12 * i;
    bytes.writeUInt16LE(tag, at);
    bytes.writeUInt16LE(4, at + 2);
    bytes.writeUInt32LE(1, at + 4);
    bytes.writeUInt32LE(side, at + 8);
  });
  return bytes;
}

/** A file of each format that claims `side` x `side`. */
export const tooLarge: Readonly<Record<string, Uint8Array>> = {
  JPEG: jpegOf(side, side),
  PNG: pngOf(side, side),
  WebP: webp(),
  GIF: gif(),
  BMP: bmp(),
  AVIF: avif(),
  TIFF: tiff(),
};
