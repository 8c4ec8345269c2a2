import { strict as assert } from 'node:assert';
import type { PanelState } from '../../../src/protocol/panelProtocol';
import type { ChangedRunView } from '../../../src/protocol/whatIf';
import { isChanging, withChangedRun } from '../../../src/webview/state/changedRun';
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
