import assert from 'node:assert/strict';
import type { StripItem } from '../../../src/protocol/pictureStrip';
import {
  itemPitch,
  itemWidth,
  picturesNearView,
  scrollToShow,
} from '../../../src/webview/strip/stripLayout';
import {
  itemName,
  itemTitle,
  itemWords,
  leftOutWords,
  stripPlace,
} from '../../../src/webview/strip/stripWords';

describe('the strip of pictures', () => {
  it('draws few of many, and all of few', () => {
    const width = 800;
    for (const scroll of [0, 333, 50_000, 1000 * itemPitch]) {
      const { first, end } = picturesNearView({ scroll, width }, 1000);
      assert.ok(end - first <= 20, `${end - first} are drawn`);
      for (let index = 0; index < 1000; index++) {
        const seen = index * itemPitch < scroll + width && index * itemPitch + itemWidth > scroll;
        assert.ok(!seen || (index >= first && index < end), `${index} is not drawn at ${scroll}`);
      }
    }
    assert.deepEqual(picturesNearView({ scroll: 0, width }, 3), { first: 0, end: 3 });
    assert.deepEqual(picturesNearView({ scroll: 0, width: 0 }, 0), { first: 0, end: 0 });
  });

  it('scrolls no further than it has to', () => {
    const width = 500;
    assert.equal(scrollToShow({ scroll: 0, width }, 0), 0);
    assert.equal(scrollToShow({ scroll: 100, width }, 3), 100);
    for (const [scroll, index] of [
      [0, 50],
      [9000, 2],
      [300, 3],
    ] as const) {
      const to = scrollToShow({ scroll, width }, index);
      assert.ok(to <= index * itemPitch && to + width >= index * itemPitch + itemWidth);
    }
    assert.ok(scrollToShow({ scroll: 0, width: 60 }, 4) <= 4 * itemPitch);
  });

  const item: StripItem = { id: 1, name: 'photos/cat.jpg', status: 'waiting' };
  const result = { index: 281, label: 'tabby, tabby cat', probability: 0.632, trained: true };

  it('says what the network took a picture for, briefly and in full', () => {
    const done: StripItem = { ...item, status: 'done', result };
    assert.deepEqual(itemWords(done), { line: 'tabby', note: '63.2 %', struck: false });
    assert.equal(itemName(done, 2, 1200), 'photos/cat.jpg, tabby 63.2 %, 3 of 1,200');
    assert.equal(itemTitle(done), 'photos/cat.jpg\ntabby, tabby cat 63.2 %');
    const untrained = { ...done, result: { ...result, trained: false } };
    assert.equal(itemWords(untrained).struck, true);
    assert.match(itemName(untrained, 2, 12), /63\.2 %, untrained, 3 of 12$/);
  });

  it('says of the others why there is no label', () => {
    assert.deepEqual(itemWords(item), { line: 'cat.jpg', note: 'not yet', struck: false });
    assert.equal(itemName(item, 0, 2), 'photos/cat.jpg not yet classified, 1 of 2');
    assert.equal(itemWords({ ...item, status: 'running' }).note, 'running…');
    const failed: StripItem = { ...item, status: 'failed', why: 'It is text.' };
    assert.equal(itemWords(failed).note, 'failed');
    assert.equal(itemTitle(failed), 'photos/cat.jpg failed: It is text.');
  });

  it('says where the person is, and what is left out', () => {
    assert.equal(stripPlace(2, 12), '3 of 12');
    assert.equal(stripPlace(-1, 12), '12 pictures');
    assert.equal(leftOutWords(1000, 2214), 'first 1,000 of 3,214');
    assert.equal(leftOutWords(12, 0), '');
  });
});
