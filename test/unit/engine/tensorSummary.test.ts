import { strict as assert } from 'node:assert';
import { alexNets } from '../../../src/library/alexNets';
import type { TensorSummary } from '../../../src/protocol/weightSummary';
import { filtersFirst } from '../../../src/engine/inspect/layerFilters';
import { summarizeTensor } from '../../../src/engine/inspect/summarizeTensor';
import type { WeightPiece, WeightTensor } from '../../../src/engine/inspect/summarizeTensor';
import { randomWeights } from '../../../src/files/randomWeights';
import { plainBins, plainStatistics } from '../../support/plainStatistics';

/** A tensor in memory, in pieces of a few rows. */
function tensorOf(shape: readonly number[], values: Float32Array, rowsAtOnce = 1): WeightTensor {
  const outputs = shape.at(-1)!;
  return {
    spec: { name: shape.length < 2 ? 'bias' : 'kernel', shape, trainable: true },
    *pieces(): Generator<WeightPiece> {
      const step = rowsAtOnce * outputs;
      for (let i = 0; i < values.length; i += step) {
        yield { values: values.subarray(i, i + step), firstOutput: 0, outputs };
      }
    },
  };
}

const summarize = (tensor: WeightTensor): Promise<TensorSummary> =>
  summarizeTensor(tensor, () => Promise.resolve());

function close(actual: number, expected: number, what: string): void {
  const allowed = 1e-12 * Math.max(Math.abs(expected), Number.MIN_VALUE);
  assert.ok(Math.abs(actual - expected) <= allowed, `${what}: ${actual}, not ${expected}`);
}

function check(summary: TensorSummary, values: Float32Array): void {
  const { min, max, mean, std, l2, ...counts } = plainStatistics(values);
  const { count, zeros, nan, infinite } = summary;
  assert.deepEqual({ count, zeros, nan, infinite }, counts);
  const { statistics, histogram } = summary;
  assert.ok(statistics && histogram);
  assert.deepEqual([statistics.min, statistics.max], [min, max]);
  close(statistics.std, std, 'std');
  close(statistics.l2, l2, 'l2');
  // A mean near zero is the difference of large sums: its error is theirs.
  const size = l2 / Math.sqrt(count - nan - infinite);
  assert.ok(Math.abs(statistics.mean - mean) <= 1e-14 * size + Number.MIN_VALUE, 'mean');
  assert.deepEqual([...histogram.counts], plainBins(values, histogram));
  const held = histogram.counts.reduce((sum, bin) => sum + bin, 0);
  assert.equal(held, count - nan - infinite);
}

/** Small integers from a generator of our own: the same on every machine. */
function noise(count: number, seed: number, make: (u: number) => number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return make(state / 2 ** 32);
  });
}

describe("a tensor's summary", () => {
  const cases: readonly (readonly [string, Float32Array])[] = [
    ['an even spread', noise(9_999, 1, (u) => u - 0.5)],
    ['a spread far from zero', noise(9_999, 2, (u) => 1000 + u)],
    ['a spread that begins at zero', noise(9_999, 3, (u) => u)],
    ['a bell', noise(9_999, 4, (u) => 1e-3 * Math.log((u + 1e-9) / (1 - u + 1e-9)))],
    ['mostly zeros', noise(9_999, 5, (u) => (u < 0.9 ? 0 : u))],
    ['one value far out', noise(9_999, 6, (u) => (u < 1e-4 ? 1e6 : u))],
    ['two values', noise(99, 7, (u) => (u < 0.5 ? -1 : 3))],
    ['negative zeros', Float32Array.of(-0, 0, -0, 1)],
    ['neighbours of float32', Float32Array.of(1, 1 + 2 ** -23, 1 + 2 ** -22)],
    ['the largest numbers', Float32Array.of(-3.4e38, 3.4e38, 0)],
    ['the smallest numbers', Float32Array.of(-1e-45, 1e-45, 0, 3e-45)],
    ['powers of two, which are edges', Float32Array.from({ length: 81 }, (_, i) => (i - 40) / 2)],
    ['NaN and infinities among others', Float32Array.of(NaN, 1, -Infinity, 2, Infinity, NaN, 0)],
    ['one value', Float32Array.of(0.3)],
    ['zeros alone', new Float32Array(12)],
    ['one value many times', new Float32Array(12).fill(-7.5)],
  ];
  for (const [name, values] of cases) {
    it(`agrees with a plain computation: ${name}`, async () => {
      const whole = await summarize(tensorOf([values.length], values));
      check(whole, values);
      assert.deepEqual(whole.values, values);
      if (values.length % 3 === 0) {
        check(await summarize(tensorOf([values.length / 3, 3], values, 2)), values);
      }
    });
  }

  it('keeps a bin around zero, at most 81 bins, and edges that are exact', async () => {
    for (const [, values] of cases) {
      const { histogram } = await summarize(tensorOf([values.length], values));
      const { from, width, counts } = histogram!;
      assert.ok(counts.length <= 81);
      if (width === 0) continue;
      assert.ok(Number.isInteger(Math.log2(width)), `the width ${width} is no power of two`);
      assert.ok(Number.isInteger(from / width + 0.5), 'zero is not in the middle of a bin');
      assert.ok(counts[0]! > 0 && counts.at(-1)! > 0, 'the ends hold nothing');
    }
  });

  it('has no statistics where nothing is finite', async () => {
    const summary = await summarize(tensorOf([3], Float32Array.of(NaN, Infinity, -Infinity)));
    assert.deepEqual([summary.nan, summary.infinite, summary.zeros], [1, 2, 0]);
    assert.equal(summary.statistics, undefined);
    assert.equal(summary.histogram, undefined);
  });

  it('has the norm of the weights of each output, NaN where one of them is NaN', async () => {
    const values = Float32Array.of(3, 0, 1, 4, 0, NaN);
    const { norms } = await summarize(tensorOf([2, 3], values));
    assert.deepEqual([...norms!], [5, 0, NaN]);
  });

  it('puts the outputs of towers beside each other', async () => {
    const towers = [Float32Array.of(3, 1, 4, 1), Float32Array.of(5, 2, 12, 2)];
    const { norms, count } = await summarize({
      spec: { name: 'kernel', shape: [2, 4], trainable: true },
      *pieces() {
        for (const [i, values] of towers.entries())
          yield { values, firstOutput: 2 * i, outputs: 2 };
      },
    });
    assert.equal(count, 8);
    assert.deepEqual([...norms!], [5, Math.fround(Math.SQRT2), 13, Math.fround(Math.sqrt(8))]);
  });

  it('ends between two pieces when it is told to', async () => {
    const shares: number[] = [];
    const summary = summarizeTensor(tensorOf([8, 2], new Float32Array(16)), (share) => {
      shares.push(share);
      return share > 0.3 ? Promise.reject(new Error('stop')) : Promise.resolve();
    });
    await assert.rejects(summary, /stop/);
    assert.deepEqual(shares, [0, 1 / 16, 2 / 16, 3 / 16, 4 / 16, 5 / 16]);
  });

  it('agrees on the random weights of a real layer', async () => {
    const { network } = alexNets.torchvision;
    const kernel = randomWeights(network, 1).get('conv2.kernel')!;
    const spec = network.layers.find(({ name }) => name === 'conv2')!.weights[0]!;
    check(await summarize(tensorOf(spec.shape, kernel, 100)), kernel);
  });
});

describe('filters', () => {
  it('come one after the other from columns', () => {
    assert.deepEqual(
      [...filtersFirst(Float32Array.of(1, 10, 2, 20, 3, 30), 2)],
      [1, 2, 3, 10, 20, 30],
    );
  });
});
