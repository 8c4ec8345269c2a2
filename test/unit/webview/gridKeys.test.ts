import assert from 'node:assert/strict';
import { itemAfterKey } from '../../../src/webview/draw/gridKeys';

describe('the keys of a list of items', () => {
  const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'Enter'];
  const after = (at: number, items: Parameters<typeof itemAfterKey>[2]) =>
    keys.map((key) => itemAfterKey(key, at, items));

  it('leave a row neither upwards nor past its ends', () => {
    const row = { count: 3 };
    assert.deepEqual(after(0, row), [0, 1, undefined, undefined, 0, 2, undefined]);
    assert.deepEqual(after(2, row), [1, 2, undefined, undefined, 0, 2, undefined]);
  });

  it('go round and round a column that wraps', () => {
    const column = { count: 3, columns: 1, wraps: true };
    assert.deepEqual(after(0, column), [undefined, undefined, 2, 1, 0, 2, undefined]);
    assert.deepEqual(after(2, column), [undefined, undefined, 1, 0, 0, 2, undefined]);
  });

  it('stay in the last row of a grid where there is nothing below', () => {
    const grid = { count: 5, columns: 3 };
    assert.deepEqual(after(1, grid), [0, 2, 1, 4, 0, 4, undefined]);
    assert.deepEqual(after(2, grid), [1, 3, 2, 2, 0, 4, undefined]);
  });
});
