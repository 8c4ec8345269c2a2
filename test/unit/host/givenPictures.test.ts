import { strict as assert } from 'node:assert';
import { GivenPictures, isGiven } from '../../../src/host/pictures/givenPictures';
import { memoryFile } from '../../support/memoryFile';

describe('pictures that were dropped or pasted', () => {
  it('are files in memory, each of its own, the nameless ones counted', async () => {
    const given = new GivenPictures();
    const bytes = Uint8Array.of(1, 2, 3);
    const [first, named] = given.files([
      { name: '', bytes },
      { name: 'a cat.jpg', bytes },
    ]);
    const [second] = given.files([{ name: '', bytes }]);
    assert.deepEqual(
      [first, named, second].map((file) => file?.label),
      ['pasted picture 1', 'a cat.jpg', 'pasted picture 2'],
    );
    assert.equal(new Set([first?.uri, named?.uri, second?.uri]).size, 3);
    assert.equal(await named?.size(), 3);
    assert.equal(await named?.read(), bytes);
    assert.ok(named && isGiven(named.uri) && !isGiven(memoryFile('a.png').uri));
  });
});
