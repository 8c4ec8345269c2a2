import assert from 'node:assert/strict';
import type { StripItem, StripStatus } from '../../../src/protocol/pictureStrip';
import { nearView } from '../../../src/webview/draw/nearView';
import {
  commonFolder,
  foundLabels,
  nextSort,
  progressWords,
  resultRows,
} from '../../../src/webview/results/resultRows';
import { firstResultsLook, readResultsLook } from '../../../src/webview/state/resultsLook';
import { readViewState } from '../../../src/webview/state/viewState';

function item(
  name: string,
  status: StripStatus,
  said?: readonly [string, number, number],
): StripItem {
  const id = Number(/\d+/.exec(name)?.[0]);
  if (!said) return { id, name, status };
  const [label, index, probability] = said;
  return { id, name, status, result: { index, label, probability, trained: true } };
}

const items: readonly StripItem[] = [
  item('a/10.png', 'done', ['crane', 134, 0.25]),
  item('a/2.png', 'failed'),
  item('b/3.png', 'done', ['crane', 517, 0.75]),
  item('b/4.png', 'waiting'),
  item('b/5.png', 'done', ['tabby, tabby cat', 281, 0.5]),
];

const ids = (look: Partial<typeof firstResultsLook>): readonly number[] =>
  resultRows(items, { ...firstResultsLook, ...look }).map(({ id }) => id);

describe('the table of results', () => {
  it('stands as the strip does until a head is clicked', () => {
    assert.deepEqual(ids({}), [10, 2, 3, 4, 5]);
    assert.deepEqual(ids({ sort: 'name' }), [2, 10, 3, 4, 5]);
    assert.deepEqual(ids({ sort: 'status' }), [2, 4, 10, 3, 5]);
    assert.deepEqual(ids({ sort: 'name', descending: true }), [5, 4, 3, 10, 2]);
  });

  it('has pictures without a result at the end of what is sorted by results, both ways', () => {
    assert.deepEqual(ids({ sort: 'probability', descending: true }), [3, 5, 10, 2, 4]);
    assert.deepEqual(ids({ sort: 'probability' }), [10, 5, 3, 2, 4]);
    assert.deepEqual(ids({ sort: 'label' }), [10, 3, 5, 2, 4]);
  });

  it('leaves out what the person does not look for', () => {
    assert.deepEqual(ids({ text: 'B/ crane' }), [3]);
    assert.deepEqual(ids({ text: '  ' }), [10, 2, 3, 4, 5]);
    assert.deepEqual(ids({ failedOnly: true }), [2]);
    assert.deepEqual(ids({ text: 'zebra' }), []);
  });

  it('tells classes of one name apart, and has the most frequent first', () => {
    assert.deepEqual(ids({ label: 517 }), [3]);
    const found = foundLabels([...items, item('6', 'done', ['tabby, tabby cat', 281, 1])]);
    assert.deepEqual(
      found.map(({ index, count }) => [index, count]),
      [
        [281, 2],
        [134, 1],
        [517, 1],
      ],
    );
  });

  it('sorts by a head, then the other way, then as before; the surest come first', () => {
    let look = firstResultsLook;
    const seen = [1, 2, 3].map(() => {
      look = { ...look, ...nextSort(look, 'probability') };
      return [look.sort, look.descending];
    });
    assert.deepEqual(seen, [
      ['probability', true],
      ['probability', false],
      ['place', false],
    ]);
    assert.deepEqual(nextSort(firstResultsLook, 'name'), { sort: 'name', descending: false });
  });

  it('says how far it is', () => {
    assert.equal(progressWords(items), '4 of 5 done, 1 of them failed');
    assert.equal(progressWords(items.slice(2)), '2 of 3 done');
  });

  it('leaves out of the names the folder that all pictures lie in', () => {
    const of = (...names: readonly string[]): string =>
      commonFolder(names.map((name) => item(name, 'waiting')));
    assert.equal(of('a/b/1.png', 'a/b/2.png'), 'a/b/');
    assert.equal(of('a/b/1.png', 'a/bc/2.png'), 'a/');
    assert.equal(of('1.png', 'a/2.png'), '');
    assert.equal(of('/a/1.png', '/b/2.png'), '/');
    assert.equal(of(), '');
  });

  it('draws few rows of many', () => {
    const { first, end } = nearView(
      { scroll: 20_000, size: 600 },
      { count: 1000, pitch: 40, spare: 6 },
    );
    assert.deepEqual([first, end], [494, 521]);
  });

  it('keeps its order for the next session, and no filter', () => {
    assert.deepEqual(readResultsLook({ sort: 'label', descending: true, text: 'cat' }), {
      ...firstResultsLook,
      sort: 'label',
      descending: true,
    });
    assert.deepEqual(readResultsLook({ sort: 'size' }), firstResultsLook);
    assert.equal(readViewState({ view: 'results' }).view, 'results');
  });
});
