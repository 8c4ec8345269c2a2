import { strict as assert } from 'node:assert';
import type { PanelState } from '../../../src/protocol/panelProtocol';
import type { ChangedRunView } from '../../../src/protocol/whatIf';
import { isChanging, withChangedRun } from '../../../src/webview/state/changedRun';
import { channelLine, noteWords, rankWords } from '../../../src/webview/channels/channelWords';
import { orderBy } from '../../../src/webview/draw/channelOrder';
import { layerStats } from '../../../src/webview/draw/channelStats';
import { changesWords, erasedShare, shiftWords } from '../../../src/webview/whatIf/changeWords';
import { meanColour } from '../../../src/webview/whatIf/eraser';
import { pointsBetween } from '../../../src/webview/whatIf/eraserStage';
import { runOf } from './fixtures';

const run = runOf('keras', { conv5: new Float32Array(4), fc8: new Float32Array(4) }, 4);
const changed: ChangedRunView = {
  ...{ runId: 9, of: 4, changes: { off: { conv5: [1] } }, wish: 2 },
  predictions: [{ index: 3, label: 'c', synset: '', probability: 0.7, before: 0.1 }],
  left: [],
  layers: run.layers.slice(1).map((layer) => ({ ...layer, mean: Float32Array.of(8) })),
  milliseconds: 12,
};
const state = { run, changed } as Partial<PanelState> as PanelState;

describe('the run as it would have been', () => {
  it('stands in the place of the run, of which it keeps what does not follow from the changes', () => {
    const { run: shown } = withChangedRun(state);
    assert.equal(shown!.runId, 9);
    assert.equal(shown!.predictions, changed.predictions);
    assert.equal(shown!.layers[0], run.layers[0]);
    assert.equal(shown!.layers[1], changed.layers[0]);
    assert.deepEqual([shown!.seen, shown!.preview], [run.seen, run.preview]);
    assert.equal(shown!.milliseconds.forward, 12);
    assert.equal(withChangedRun(state).run, shown, 'the same object as long as it is the same');
    const picture = { seen: { ...run.seen }, channels: [] };
    const erased = { ...changed, picture };
    assert.equal(withChangedRun({ ...state, changed: erased }).run!.seen, picture.seen);
  });

  it('gives way to another run', () => {
    for (const other of [undefined, { ...run, runId: 5 }])
      assert.equal(withChangedRun({ ...state, run: other }).run, other);
    assert.equal(withChangedRun({ ...state, changed: undefined }).run, run);
  });

  it('is late until it is of the last wish', () => {
    const whatIf = { of: 4, changes: {}, steps: 1, wish: 3 };
    assert.equal(isChanging({ whatIf, changed }), true);
    assert.equal(isChanging({ whatIf, changed: { ...changed, wish: 3 } }), false);
    assert.equal(isChanging({ whatIf: undefined, changed: undefined }), false);
  });
});

describe('changes in words', () => {
  const seen = { width: 10, height: 10 };
  const area = { top: 0, left: 0, height: 5, width: 5 };

  it('name channels by layer, the first of many, and the share that is erased', () => {
    const off = { conv5: [1, 2, 3, 4, 5, 6], conv1: [7] };
    const erased = { areas: [area, { ...area, left: 2 }], fill: 'zero' } as const;
    assert.equal(
      changesWords({ off, erased }, seen),
      'conv5 without 1, 2, 3, 4 and 2 more · conv1 without 7 · 35 % of the picture erased',
    );
    assert.equal(changesWords({}, seen), '');
  });

  it('count each erased pixel of the picture once, and none outside it', () => {
    assert.equal(erasedShare([area, area, { ...area, top: -4 }], seen), '25 %');
    assert.equal(erasedShare([{ ...area, left: 40 }], seen), '0 %');
    assert.equal(erasedShare([area], { width: 100, height: 100 }), 'less than 1 %');
  });

  it('say what became of the class before, and which is the first now', () => {
    const before = {
      ...run,
      predictions: [{ index: 0, label: 'a, b', synset: '', probability: 0.9 }],
    };
    const then = { index: 0, label: 'a, b', synset: '', probability: 0.2, before: 0.9 };
    const shown = { ...changed, left: [then] };
    assert.equal(shiftWords(before, shown), 'a 90.0 % → 20.0 %, c 10.0 % → 70.0 %');
    assert.equal(shiftWords(before, { ...changed, predictions: [then] }), 'a 90.0 % → 20.0 %');
  });
});

describe('the eraser', () => {
  it('leaves no gap along a drag, however fast', () => {
    const points = pointsBetween([0, 0], [24, 32], 10);
    assert.deepEqual(points, [
      [6, 8],
      [12, 16],
      [18, 24],
      [24, 32],
    ]);
    assert.deepEqual(pointsBetween([0, 0], [1, 1], 8), []);
  });

  it('takes the mean of the picture in whole numbers', () => {
    const picture = { width: 2, height: 1, rgb: Uint8Array.of(0, 10, 255, 1, 20, 254) };
    assert.deepEqual(meanColour(picture), [1, 15, 255]);
  });
});

describe('channels by what they add', () => {
  it('come with the largest first and those against last', () => {
    assert.deepEqual([...orderBy(4, Float32Array.of(-2, 0.5, 3, 0.5))], [2, 1, 3, 0]);
    assert.deepEqual([...orderBy(3, undefined)], [0, 1, 2]);
  });

  it('say it, the class named; of one that is off what it added', () => {
    const stats = layerStats({ shape: [1, 1, 2], data: Float32Array.of(1, 0) });
    const shares = { adds: Float32Array.of(0.42, -1.5), target: 'tabby', isOfBefore: false };
    const before = { ...shares, isOfBefore: true };
    assert.match(
      channelLine(stats, 0, { isOff: false, shares }),
      /^unit 0 · adds \+0\.42 to tabby · 1/,
    );
    assert.equal(
      channelLine(stats, 1, { isOff: true, shares: before }),
      'unit 1 · switched off · added −1.5 to tabby',
    );
    assert.equal(
      noteWords({ isOff: true, shares: before }, 0),
      ' (switched off, added +0.42 to tabby)',
    );
    assert.equal(rankWords(2, 256, 'adds'), 'no. 3 of 256 by what it adds');
  });
});
