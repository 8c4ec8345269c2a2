import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { decodePicture } from '../../../src/imaging/decodePicture';
import { PictureError } from '../../../src/imaging/formats/pictureError';
import { fixture, hashes, pictureFiles, tolerance, wasmDirectory } from './fixtures';

describe('every picture of the fixtures', () => {
  it('has its hash', () => {
    assert.deepEqual(Object.keys(hashes).sort(), pictureFiles());
  });

  for (const [name, hash] of Object.entries(hashes)) {
    if (hash === null) {
      it(`${name} is refused, as Pillow refuses it`, async () => {
        await assert.rejects(decodePicture(fixture(name), wasmDirectory), PictureError);
      });
      continue;
    }
    const [width, height, sha256] = hash;
    // What may be a level off is compared pixel by pixel elsewhere.
    const isExact = tolerance(name) === 0;
    it(`${name} ${isExact ? 'is' : 'has the size of'} what Pillow makes of it`, async () => {
      const picture = await decodePicture(fixture(name), wasmDirectory);
      assert.deepEqual([picture.width, picture.height], [width, height]);
      const found = createHash('sha256').update(picture.rgb).digest('hex');
      if (isExact) assert.equal(found, sha256);
    });
  }
});
