import { strict as assert } from 'node:assert';
import { dirtyCheck } from '../../../src/webview/draw/redraw';

describe('dirtyCheck', () => {
  const answers = (...calls: readonly (readonly unknown[])[]): readonly boolean[] => {
    const changed = dirtyCheck();
    return calls.map((sources) => changed(...sources));
  };

  it('says yes at first and where a source is another one, no where all are the same', () => {
    const same = {};
    assert.deepEqual(answers([same, NaN], [same, NaN], [{}, NaN]), [true, false, true]);
  });

  it('says yes where there are more sources than before, or fewer', () => {
    assert.deepEqual(answers([1], [1, 2], [1], []), [true, true, true, true]);
  });
});
