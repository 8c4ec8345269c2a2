import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { decodePicture } from '../../../src/imaging/decodePicture';
import { wasmDirectory } from './fixtures';

/** What Pillow makes of a file. */
interface Expected {
  readonly width: number;
  readonly height: number;
  readonly sha256: string;
  readonly pixels: readonly (readonly [x: number, y: number, rgb: readonly number[]])[];
}

const folder = resolve('test/fixtures/reports/pictures');
const expected = JSON.parse(readFileSync(resolve(folder, 'expected.json'), 'utf8')) as Readonly<
  Record<string, Expected>
>;

/** Levels that another decoder may differ by: AVIF's colours, and Pillow's CMYK, are rounded otherwise. */
const levels = (name: string): number => (name.endsWith('.avif') ? 1 : /cmyk/.test(name) ? 2 : 0);

describe('a picture that somebody reported', () => {
  for (const [name, { width, height, sha256, pixels }] of Object.entries(expected)) {
    it(`is what Pillow makes of it: ${name}`, async () => {
      const picture = await decodePicture(readFileSync(resolve(folder, name)), wasmDirectory);
      assert.deepEqual([picture.width, picture.height], [width, height]);
      for (const [x, y, rgb] of pixels) {
        const at = 3 * (y * width + x);
        const found = [...picture.rgb.subarray(at, at + 3)];
        const off = Math.max(...rgb.map((value, c) => Math.abs(value - (found[c] ?? NaN))));
        assert.ok(off <= levels(name), `${x}, ${y}: ${found.join()}, not ${rgb.join()}`);
      }
      const hash = createHash('sha256').update(picture.rgb).digest('hex');
      if (levels(name) === 0) assert.equal(hash, sha256);
    });
  }
});
