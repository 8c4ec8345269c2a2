import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';
import { decodePicture } from '../../../src/imaging/decodePicture';
import { withTexts } from '../../../src/webview/export/pngText';
import { pngTexts } from '../../support/pngTexts';
import { writePng } from '../../support/writePng';

describe('texts in a PNG', () => {
  const png = writePng(Uint8Array.of(9, 8, 7, 255, 0, 1), 2, 1);
  const texts = { Description: 'Why “golf ball”? λ', 'alexnet-inspector': '{"recipe":{}}' };
  const file = withTexts(png, texts);

  it('are read back by their keywords', () => {
    assert.deepEqual(pngTexts(file), texts);
  });

  it('leave the picture as it was, and every check right', async () => {
    assert.deepEqual(await decodePicture(file, ''), await decodePicture(png, ''));
    const view = new DataView(file.buffer);
    for (let at = 8; at < file.length;) {
      const length = view.getUint32(at);
      const check = crc32(file.subarray(at + 4, at + 8 + length));
      assert.equal(view.getUint32(at + 8 + length), check);
      at += 12 + length;
    }
  });
});
