import { elementCount } from '../../network/tensor/shape';
import type { Statistics, TensorSummary } from '../../protocol/weightSummary';
import { HistogramBins } from './histogramBins';
import type { WeightSpec } from '../../network/layers/layer';

/** A part of a tensor: its value i belongs to the output `firstOutput + i % outputs`. */
export interface WeightPiece {
  readonly values: Float32Array;
  readonly firstOutput: number;
  readonly outputs: number;
}

/** A weight that is read in pieces, each value once, as often as it is asked for. */
export interface WeightTensor {
  readonly spec: WeightSpec;
  pieces(): Iterable<WeightPiece>;
}

/** Called before each piece with the share of the work that is done; what it throws ends the work. */
type BetweenPieces = (fraction: number) => Promise<void>;

/** What the first reading gathers: sums in float64, those of each piece apart, so that many small values keep their digits. */
interface Tally {
  finite: number;
  zeros: number;
  nan: number;
  min: number;
  max: number;
  sum: number;
  squares: number;
}

/** Counts every value of a tensor: read twice, as the bins and the deviation need the range and the mean first. */
export async function summarizeTensor(
  tensor: WeightTensor,
  between: BetweenPieces,
): Promise<TensorSummary> {
  const { name, shape } = tensor.spec;
  const count = elementCount(shape);
  const tally = emptyTally();
  const isVector = shape.length < 2;
  const sums = isVector ? undefined : new Float64Array(shape.at(-1) ?? 0);
  let read = 0;
  for (const piece of tensor.pieces()) {
    await between(read / count / 2);
    addTally(tally, piece.values);
    if (sums) addSquares(sums, piece);
    read += piece.values.length;
  }
  const { finite, zeros, nan } = tally;
  const summary = {
    name,
    shape,
    count,
    zeros,
    nan,
    infinite: count - finite - nan,
    ...(sums ? { norms: Float32Array.from(sums, Math.sqrt) } : { values: wholeOf(tensor, count) }),
  };
  if (finite === 0) return summary;
  const second = await readAgain(tensor, tally, (share) => between(0.5 + share / 2));
  return { ...summary, ...second };
}

async function readAgain(
  tensor: WeightTensor,
  { finite, min, max, sum, squares }: Tally,
  between: BetweenPieces,
): Promise<Required<Pick<TensorSummary, 'statistics' | 'histogram'>>> {
  const count = elementCount(tensor.spec.shape);
  const mean = sum / finite;
  const bins = new HistogramBins(min, max);
  let deviations = 0;
  let read = 0;
  for (const { values } of tensor.pieces()) {
    await between(read / count);
    bins.add(values);
    deviations += squaredDeviations(values, mean);
    read += values.length;
  }
  const statistics: Statistics = {
    min,
    max,
    mean,
    std: Math.sqrt(deviations / finite),
    l2: Math.sqrt(squares),
  };
  return { statistics, histogram: bins.histogram() };
}

function emptyTally(): Tally {
  return { finite: 0, zeros: 0, nan: 0, min: Infinity, max: -Infinity, sum: 0, squares: 0 };
}

function addTally(tally: Tally, values: Float32Array): void {
  let { finite, zeros, nan, min, max } = tally;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (!Number.isFinite(value)) {
      if (Number.isNaN(value)) nan++;
      continue;
    }
    finite++;
    if (value === 0) zeros++;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    squares += value * value;
  }
  Object.assign(tally, { finite, zeros, nan, min, max });
  tally.sum += sum;
  tally.squares += squares;
}

function squaredDeviations(values: Float32Array, mean: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (Number.isFinite(value)) sum += (value - mean) * (value - mean);
  }
  return sum;
}

/** A NaN or an infinity is left in: the norm of its output says so. */
function addSquares(sums: Float64Array, { values, firstOutput, outputs }: WeightPiece): void {
  for (let row = 0; row < values.length; row += outputs) {
    for (let output = 0; output < outputs; output++) {
      const value = values[row + output] ?? 0;
      const at = firstOutput + output;
      sums[at] = (sums[at] ?? 0) + value * value;
    }
  }
}

function wholeOf(tensor: WeightTensor, count: number): Float32Array {
  const whole = new Float32Array(count);
  for (const { values, firstOutput } of tensor.pieces()) whole.set(values, firstOutput);
  return whole;
}
