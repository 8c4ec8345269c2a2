import { strict as assert } from 'node:assert';
import { coarseToFine } from '../../../../src/engine/explain/coarseToFine';

describe('an order from coarse to fine', () => {
  for (const [rows, columns] of [
    [13, 13],
    [14, 14],
    [1, 1],
    [2, 7],
    [5, 1],
  ] as const) {
    it(`has each of ${rows} × ${columns} cells once, and one near each from the coarse ones on`, () => {
      const { order, coarse, nearest } = coarseToFine({ rows, columns });
      const cells = Array.from({ length: rows * columns }, (_, cell) => cell);
      assert.deepEqual(
        [...order].sort((a, b) => a - b),
        cells,
      );
      for (let done = coarse; done <= cells.length; done++) {
        const known = new Set(order.slice(0, done));
        for (const cell of cells) {
          const near = nearest(cell, done);
          assert.ok(known.has(near));
          if (known.has(cell)) assert.equal(near, cell);
        }
      }
    });
  }

  it('has a first map of every fourth of 13 windows, each of which stands for those around it', () => {
    const { order, coarse, nearest } = coarseToFine({ rows: 13, columns: 13 });
    assert.equal(coarse, 16);
    assert.deepEqual(order.slice(0, 5), [0, 4, 8, 12, 52]);
    assert.equal(nearest(13 * 6 + 7, 16), 13 * 8 + 8);
    assert.equal(nearest(13 * 1 + 1, 16), 0);
  });
});
