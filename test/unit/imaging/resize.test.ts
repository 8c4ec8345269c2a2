import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { resize } from '../../../src/imaging/resize';
import { resizeOracle } from './fixtures';
import { formulaPicture } from './formulaPicture';

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

  it('keeps the grey of a 12-megapixel photo', () => {
    const photo = { width: 4000, height: 3000, rgb: new Uint8Array(36_000_000).fill(90) };
    const { rgb } = resize(photo, 341, 256, 'bilinear');
    assert.ok(rgb.every((value) => value === 90));
  });
});
