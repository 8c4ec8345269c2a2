import { crc32 } from 'node:zlib';
import { expected, fixture, odd, variants } from '../../unit/imaging/fixtures';
import type { PictureFormat } from '../../../src/imaging/formats/picture';
import type { Family, Original } from './family';

const names = [
  ...expected.map(([name]) => name),
  ...variants.map(([name]) => `variants/${name}`),
  ...odd.map(([name]) => `odd/${name}`),
];

const endings: Readonly<Record<PictureFormat, RegExp>> = {
  jpeg: /\.jpg$/,
  png: /\.png$/,
  webp: /\.webp$/,
  gif: /\.gif$/,
  bmp: /\.bmp$/,
  avif: /\.avif$/,
  tiff: /\.tiff$/,
};

/** A family for each format of pictures: every fixture that has it. */
export const pictureFamilies = Object.fromEntries(
  Object.entries(endings).map(([format, ending]) => [format, pictures(ending)]),
) as Readonly<Record<PictureFormat, Family>>;

function pictures(ending: RegExp): Family {
  return {
    kind: 'picture',
    originals: names
      .filter((name) => ending.test(name))
      .map((name) => ({
        name,
        bytes: () => fixture(name),
        ...(ending.test('.png') && { repaired: rightChecksums }),
      })),
  };
}

/** A fixture as its family breaks it. */
export function originalOf(name: string): Original {
  const all = Object.values(pictureFamilies).flatMap(({ originals }) => originals);
  const original = all.find((each) => each.name === name);
  if (!original) throw new Error(`${name} is in no family`);
  return original;
}

const signature = 8;

/** Chunks of a PNG with checksums that fit: what is broken gets past them. */
export function rightChecksums(bytes: Uint8Array): Uint8Array {
  const png = Buffer.from(bytes);
  for (let at = signature; at + 12 <= png.length;) {
    const end = at + 8 + png.readUInt32BE(at);
    if (end + 4 > png.length) break;
    png.writeUInt32BE(crc32(png.subarray(at + 4, end)), end);
    at = end + 4;
  }
  return png;
}
