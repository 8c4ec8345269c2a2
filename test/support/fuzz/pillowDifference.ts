import { createHash } from 'node:crypto';
import type { Picture } from '../../../src/imaging/formats/picture';
import { tolerance } from '../../unit/imaging/fixtures';
import type { PillowAnswer } from './pillow';

const isLossy = /jpe?g|avif$|webp$/;

/**
 * How a picture of a broken file is another than Pillow's, by more than the file itself, `name`, may be; undefined where it is not.
 * Where Pillow refuses, it has to be that of the `whole` file.
 */
export async function differenceFrom(
  { refused, unknown, ...pillow }: PillowAnswer,
  picture: Picture,
  name: string,
  whole: () => Promise<unknown>,
): Promise<string | undefined> {
  if (unknown !== undefined) return undefined;
  // What Pillow does not support says nothing of what is right.
  if (refused !== undefined && /unsupported/i.test(refused)) return undefined;
  // They also end at other places, which only shows where a JPEG has no end marker: cut ones are tests of their own.
  if (refused?.includes('truncated') && name.endsWith('.jpg')) return undefined;
  if (refused !== undefined) {
    const isRight = isSame(picture, await whole());
    return isRight ? undefined : `is read as another picture, though Pillow says ${refused}`;
  }
  if (picture.width !== pillow.width || picture.height !== pillow.height)
    return `is ${picture.width} x ${picture.height}, not ${pillow.width} x ${pillow.height}`;
  if (createHash('sha256').update(picture.rgb).digest('hex') === pillow.sha256) return undefined;
  // What decoders make of broken coefficients depends on the processor that they were written for.
  if (isLossy.test(name) || pillow.rgb === undefined) return undefined;
  return pixelDifference(Buffer.from(pillow.rgb, 'base64'), picture.rgb, tolerance(name));
}

function isSame(picture: Picture, whole: unknown): boolean {
  const { width, height, rgb } = whole as Picture;
  return (
    width === picture.width && height === picture.height && Buffer.compare(rgb, picture.rgb) === 0
  );
}

function pixelDifference(
  wanted: Uint8Array,
  found: Uint8Array,
  within: number,
): string | undefined {
  const off = wanted.map((value, i) => Math.abs(value - (found[i] ?? 0)));
  const first = off.findIndex((by) => by > within);
  if (first < 0) return undefined;
  const count = off.filter((by) => by > within).length;
  return `differs from Pillow in ${count} of ${off.length} values, first at ${first}`;
}
