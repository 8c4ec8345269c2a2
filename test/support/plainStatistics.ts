import type { Histogram, Statistics } from '../../src/protocol/weightSummary';

type Plain = Statistics & {
  readonly count: number;
  readonly zeros: number;
  readonly nan: number;
  readonly infinite: number;
};

/** Sums with Kahan's correction: an answer to compare with that is as exact as float64 goes. */
function exactSum(values: Iterable<number>): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const corrected = value - lost;
    const next = sum + corrected;
    lost = next - sum - corrected;
    sum = next;
  }
  return sum;
}

/** The numbers of a tensor as the textbook has them, of all values at once. */
export function plainStatistics(values: Float32Array): Plain {
  const finite = values.filter(Number.isFinite);
  const count = values.length;
  const mean = exactSum(finite) / finite.length;
  const squares = Float64Array.from(finite, (value) => value ** 2);
  const deviations = Float64Array.from(finite, (value) => (value - mean) ** 2);
  return {
    count,
    zeros: values.filter((value) => value === 0).length,
    nan: values.filter(Number.isNaN).length,
    infinite: values.filter((value) => Math.abs(value) === Infinity).length,
    min: finite.reduce((a, b) => Math.min(a, b), Infinity),
    max: finite.reduce((a, b) => Math.max(a, b), -Infinity),
    mean,
    std: Math.sqrt(exactSum(deviations) / finite.length),
    l2: Math.sqrt(exactSum(squares)),
  };
}

/** Counts by comparing each value with the edges of a histogram: no division that could round. */
export function plainBins(values: Float32Array, { from, width, counts }: Histogram): number[] {
  const starts = Array.from(counts, (_, bin) => from + bin * width).reverse();
  const bins = new Array<number>(counts.length).fill(0);
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    const bin = counts.length - 1 - starts.findIndex((start) => start <= value);
    const end = from + (bin + 1) * width;
    if (value >= end && width > 0) throw new Error(`${value} lies beyond the last bin, at ${end}`);
    bins[bin] = (bins[bin] ?? NaN) + 1;
  }
  return bins;
}
