import { strict as assert } from 'node:assert';
import { rankCorrelation, ranksOf } from '../../../../src/engine/sanity/rankCorrelation';

/** The first of SciPy's documentation, the second of Wikipedia's article; of the others ranks and sums fit on a line. */
const known: readonly (readonly [a: readonly number[], b: readonly number[], rho: number])[] = [
  [[1, 2, 3, 4, 5], [5, 6, 7, 8, 7], 0.8207826816681233],
  [
    [106, 100, 86, 101, 99, 103, 97, 113, 112, 110],
    [7, 27, 2, 50, 28, 29, 20, 12, 6, 17],
    -29 / 165,
  ],
  [[1, 1, 2, 2], [1, 2, 1, 2], 0],
  [[0, 0, 0, 1], [0, 0, 5, 5], 0.5773502691896258],
  [[-3, 0, 0, 2.5], [9, -1, -1, -7], -1],
  [[1, 2, 3], [10, 1000, 1e6], 1],
];

const of = (a: readonly number[], b: readonly number[]): number | undefined =>
  rankCorrelation(ranksOf(Float32Array.from(a)), ranksOf(Float32Array.from(b)));

describe("Spearman's rank correlation", () => {
  for (const [a, b, rho] of known) {
    it(`of ${a.join(' ')} and ${b.join(' ')} is ${rho.toFixed(3)}`, () => {
      assert.ok(Math.abs(of(a, b)! - rho) < 1e-12, String(of(a, b)));
    });
  }

  it('shares ranks among equal values', () => {
    assert.deepEqual([...ranksOf(Float32Array.of(7, 1, 7, 2))!], [1, -1.5, 1, -0.5]);
  });

  it('takes both zeros for one value', () => {
    assert.deepEqual([...ranksOf(Float32Array.of(-0, 0, 1))!], [-0.5, -0.5, 1]);
  });

  it('is 1 of a map and itself, whatever its size', () => {
    const values = Array.from({ length: 50_176 }, (_, at) => Math.sin(at * at));
    assert.equal(of(values, values), 1);
  });

  it('is none where a map has no order', () => {
    assert.equal(of([2, 2, 2], [1, 2, 3]), undefined);
    assert.equal(of([1, NaN, 2], [1, 2, 3]), undefined);
    assert.equal(of([], []), undefined);
  });
});
