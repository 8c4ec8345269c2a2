import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Pixels } from '../../../src/imaging/formats/picture';
import { resize } from '../../../src/imaging/resize';
import { resizeOracle } from './fixtures';
import { formulaPicture } from './formulaPicture';

/** Rows as columns. */
function turned({ width, height, rgb }: Pixels): Pixels {
  const sideways = new Uint8Array(rgb.length);
  for (let i = 0; i < rgb.length; i++) {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    sideways[3 * (x * height + y) + (i % 3)] = rgb[i] ?? 0;
  }
  return { width: height, height: width, rgb: sideways };
}

describe('resize', () => {
  for (const { source, size, filter, box, sha256 } of resizeOracle.resizes) {
    const part = box === undefined ? '' : ` of the box ${box.join(' ')}`;
    it(`equals Pillow's ${filter} from ${source.join(' x ')}${part} to ${size.join(' x ')}`, () => {
      const picture = formulaPicture(...source, box === undefined ? 3 : 4);
      const [left, top, right, bottom] = box ?? [0, 0, ...source];
      const resized = resize(picture, ...size, filter, { left, top, right, bottom });
      assert.deepEqual([resized.width, resized.height], size);
      assert.equal(createHash('sha256').update(resized.rgb).digest('hex'), sha256);
    });
  }

  for (const { source, size, filter, sha256 } of resizeOracle.tall) {
    it(`is other than Pillow 13's ${filter} from ${source.join(' x ')} to ${size.join(' x ')}, which goes down first`, () => {
      const picture = formulaPicture(...source, 7);
      const across = resize(picture, ...size, filter);
      const [width, height] = size;
      const down = turned(resize(turned(picture), height, width, filter));
      assert.equal(createHash('sha256').update(down.rgb).digest('hex'), sha256);
      const off = across.rgb.map((value, i) => Math.abs(value - (down.rgb[i] ?? 0)));
      const most = Math.max(...off);
      // Bicubic overshoots, and is cut off between the two.
      assert.ok(filter === 'bilinear' ? most === 1 : most > 0, `${most}`);
    });
  }

  it('keeps the grey of a 12-megapixel photo', () => {
    const photo = { width: 4000, height: 3000, rgb: new Uint8Array(36_000_000).fill(90) };
    const { rgb } = resize(photo, 341, 256, 'bilinear');
    assert.ok(rgb.every((value) => value === 90));
  });
});
