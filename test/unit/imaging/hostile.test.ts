import assert from 'node:assert/strict';
import { decodePicture } from '../../../src/imaging/decodePicture';
import { identify } from '../../../src/imaging/identify';
import { PictureError } from '../../../src/imaging/formats/pictureError';
import { expected, fixture, odd, variants, wasmDirectory } from './fixtures';
import { brokenCopy } from '../../support/fuzz/family';
import { originalOf, rightChecksums } from '../../support/fuzz/pictureFamilies';
import { tryFile } from '../../support/fuzz/tryFile';
import { unit } from '../../support/formula';
import { edit, jpegOf, jpegOfKind, pngOf, side, thumbnail, tiffOf, tooLarge } from './hostileFiles';

function decode(bytes: Uint8Array): Promise<unknown> {
  return decodePicture(bytes, wasmDirectory);
}

async function assertRefused(bytes: Uint8Array, message: RegExp): Promise<void> {
  await assert.rejects(decode(bytes), (error) => {
    assert.ok(error instanceof PictureError, String(error));
    assert.equal(error.name, 'PictureError');
    assert.match(error.message, message);
    assert.doesNotMatch(error.message, /\n|\.$/);
    return true;
  });
}

describe('a file that is no picture', () => {
  const text = (value: string): Buffer => Buffer.from(value, 'latin1');
  const unread = (what: string): RegExp =>
    new RegExp(`^the file is ${what}, which is not read: (export|save) (it|the page) as `);
  const raw = unread('a raw picture of a camera');
  const cases: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['nothing', new Uint8Array(), /^the file is empty$/],
    ['text', text('Hello, world\n'), /^the file is text, not a picture$/],
    [
      'text in UTF-8 that is cut in a letter',
      Buffer.from('é'.repeat(3000)).subarray(1),
      /not a picture/,
    ],
    ['text that begins like a BMP', text('BMW and other makers of cars'), /is text/],
    [
      'zeros',
      new Uint8Array(500),
      /^the file is not a picture in a format that is read \(JPEG, PNG/,
    ],
    ['HTML', text('\n<!DOCTYPE html><p>404'), /^the file is a web page, not a picture: download/],
    ['SVG', text('<?xml version="1.0"?>\n<svg xmlns="x"/>'), unread('a drawing \\(SVG\\)')],
    ['plain SVG', text('<svg viewBox="0 0 1 1"/>'), unread('a drawing \\(SVG\\)')],
    ['PDF', text('%PDF-1.7\n'), unread('a PDF document')],
    ['HEIC', text('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), unread('a HEIC picture')],
    ['a bare JPEG XL', text('\xff\x0a\x10\x20'), unread('a JPEG XL picture')],
    ['a boxed JPEG XL', text('\0\0\0\x0cJXL \r\n\x87\n'), unread('a JPEG XL picture')],
    ['JPEG 2000', text('\0\0\0\x0cjP  \r\n\x87\n'), unread('a JPEG 2000 picture')],
    ['PSD', text('8BPS\0\x01'), unread('a Photoshop document \\(PSD\\)')],
    ['ICO', text('\0\0\x01\0\x01\0'), unread('an icon \\(ICO\\)')],
    ['BigTIFF without a directory', text('II+\0\x08\0\0\0'), /the TIFF is cut short/],
    ['CR2', tiffOf({ 256: 2, 257: 2, 259: 6 }, undefined, 'II*\0\x10\0\0\0CR\x02\0'), raw],
    ['NEF', tiffOf(thumbnail, { 262: 32803 }), raw],
    ['ARW, its sensor further down', tiffOf(thumbnail, { 254: 1, 262: 6 }), raw],
    ['DNG', tiffOf({ ...thumbnail, 50706: 0x401 }), raw],
    ['linear DNG', tiffOf({ ...thumbnail, 254: 0 }, { 262: 34892 }), raw],
    ['CRW', text('II\x1a\0\0\0HEAPCCDR'), raw],
    ['RAF', text('FUJIFILMCCD-RAW 0201'), raw],
    ['CR3', text('\0\0\0\x18ftypcrx \0\0\0\x01crx isom'), raw],
    ['a lossless JPEG', jpegOfKind(0xc3), /^a lossless JPEG is not supported: save it as/],
    ['a JPEG of arithmetic coding', jpegOfKind(0xc9), /^a JPEG with arithmetic coding is not/],
    ['JPEG-LS', jpegOfKind(0xf7), /^a JPEG-LS picture is not supported: save it as/],
    ['JPEG 2000 in TIFF', tiffOf({ ...thumbnail, 254: 0, 259: 34712 }), /JPEG 2000 inside is not/],
    ['ZIP', text('PK\x03\x04'), /^the file is a zip archive, not a picture: unpack it first$/],
  ];
  for (const [name, bytes, message] of cases) {
    it(`is refused when it is ${name}`, () => assertRefused(bytes, message));
  }
});

/** Of the processor's time: what else runs on the machine does not count. */
const maxMicroseconds = 500_000;

describe('a header that claims too much', () => {
  for (const [format, bytes] of Object.entries(tooLarge)) {
    it(`is refused at once in a ${format}`, async () => {
      const start = process.cpuUsage();
      const before = process.memoryUsage().rss;
      const size = new RegExp(`is too large: ${side} x ${side} is more than 100 megapixels`);
      await assertRefused(bytes, size);
      assert.throws(() => identify(bytes), size);
      const { user, system } = process.cpuUsage(start);
      assert.ok(user + system < maxMicroseconds, `${user + system} µs`);
      assert.ok(process.memoryUsage().rss - before < 50e6);
    });
  }

  const claims: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['a PNG without pixels', pngOf(0, 5), /has no pixels: it says 0 x 5/],
    ['a JPEG without height', jpegOf(8, 0), /has no pixels: it says 8 x 0/],
    ['a PNG with fewer pixels than it says', rightChecksums(edit('variants/rgb-8.png', 23, 200)), /cut short/], // prettier-ignore
    ['a PNG with more pixels than it says', rightChecksums(edit('variants/rgb-8.png', 23, 2)), /more pixels/], // prettier-ignore
    ['a PNG whose header has a wrong checksum', edit('variants/rgb-8.png', 32, 0), /damaged: its header has a wrong checksum/], // prettier-ignore
    ['a PNG whose palette has a wrong checksum', wrongSum('variants/palette-8.png', 'PLTE'), /damaged: its palette has a wrong checksum/], // prettier-ignore
    ['a BMP with fewer rows than it says', edit('variants/rgb-24.bmp', 22, 99), /cut short/],
    [
      'a lossless WebP that says other than its canvas',
      edit('variants/exif-2.webp', 24, 99),
      /damaged/,
    ],
    ['a TIFF of 16 bits whose 0 is white', edit('variants/i16-raw.tiff', 58, 137), /16 bits whose 0 is white/], // prettier-ignore
    ['a fax with a row that does not fit', edit('odd/fax-4-noise.tiff', 40, 0x7c, 0x55), /its fax data/], // prettier-ignore
    ['a fax without the end of a row', edit('odd/fax-3-rows-noise.tiff', 30, 0xff, 0xff, 0xff, 0xff), /its fax data/], // prettier-ignore
    ['a TIFF with fewer strips than it needs', edit('variants/strips.tiff', 4, 255), /cut short/],
    ['an AVIF of another size than its pixels', avifOfWidth(33), /damaged|its header says/],
  ];
  for (const [name, bytes, message] of claims) {
    it(`is refused as ${name}`, () => assertRefused(bytes, message));
  }
});

/** The first byte of what a chunk holds is another. */
function wrongSum(name: string, chunk: string): Uint8Array {
  const bytes = fixture(name);
  const at = bytes.indexOf(chunk) + 4;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
}

function avifOfWidth(width: number): Uint8Array {
  const bytes = fixture('variants/exif-1.avif');
  bytes.writeUInt32BE(width, bytes.indexOf('ispe') + 8);
  return bytes;
}

describe('a picture that is cut', () => {
  for (const [name] of expected) {
    it(`is refused at each quarter of ${name}`, async () => {
      const bytes = fixture(name);
      for (const part of [0.25, 0.5, 0.75]) {
        await assertRefused(bytes.subarray(0, Math.floor(bytes.length * part)), /cut short/);
      }
    });
  }

  it('is refused where zeros stand for more than its end', async () => {
    const bytes = fixture('odd/zeros-for-end.jpg');
    await assertRefused(bytes.fill(0, bytes.length - 70), /cut short/);
    const progressive = fixture('progressive.jpg');
    await assertRefused(progressive.fill(0, progressive.length - 2000), /cut short/);
    const lastScan = Buffer.from([0xff, 0xda]);
    for (const name of ['', '-grey', '-cmyk']) {
      const finer = fixture(`odd/zeros-for-end-progressive${name}.jpg`);
      await assertRefused(finer.fill(0, finer.lastIndexOf(lastScan)), /cut short/);
    }
  });

  const small = [
    ...variants.map(([name]) => `variants/${name}`),
    ...odd.map(([name]) => `odd/${name}`),
  ];
  for (const name of small) {
    it(`is whole or refused at any of 40 lengths of ${name}`, async () => {
      const bytes = fixture(name);
      const whole = await decode(bytes);
      for (let i = 0; i < 40; i++) {
        const part = bytes.subarray(0, Math.floor((bytes.length * i) / 40));
        const found = await decode(part).catch((error: unknown) => {
          assert.ok(error instanceof PictureError, String(error));
        });
        // What is behind the pixels may be missing.
        if (found) assert.deepEqual(found, whole, `${i} of 40`);
        if (i < 10) assert.equal(found, undefined, `${i} of 40`);
      }
    });
  }
});

describe('a picture that is damaged', () => {
  async function assertContained(name: string, count: number, seed: number): Promise<void> {
    const original = originalOf(name);
    for (let i = 0; i < count; i++) {
      const broken = await brokenCopy(original, seed * count + i, i % 2 === 1);
      await tryFile({ kind: 'picture' }, broken).catch((error: unknown) => {
        throw new Error(`${name}, seed ${seed * count + i}`, { cause: error });
      });
    }
    await decode(fixture(name));
  }

  variants.forEach(([name], i) => {
    it(`decodes or is refused, and harms nothing, in 30 mutations of ${name}`, () =>
      assertContained(`variants/${name}`, 30, i));
  });

  odd.forEach(([name], i) => {
    it(`decodes or is refused, and harms nothing, in 10 mutations of the odd ${name}`, () =>
      assertContained(`odd/${name}`, 10, 2000 + i));
  });

  expected.forEach(([name], i) => {
    it(`decodes or is refused, and harms nothing, in 8 mutations of the photo ${name}`, () =>
      assertContained(name, 8, 1000 + i));
  });

  it('is refused when it is a signature before noise', async () => {
    const noise = Uint8Array.from({ length: 3000 }, (_, i) => 256 * (unit(i, 5) + 0.5));
    for (const [name] of expected) {
      for (const kept of [12, 30, 60])
        await tryFile({ kind: 'picture' }, Buffer.concat([fixture(name).subarray(0, kept), noise]));
    }
  });
});
