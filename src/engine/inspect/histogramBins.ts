import type { Histogram } from '../../protocol/weightSummary';

/** Enough to see a shape in a pane of 350 pixels. */
const mostBins = 81;

/** Counts finite values into bins of one width, a power of two, so that the bin of a float32 is never a matter of rounding. */
export class HistogramBins {
  private readonly width: number;
  /** The first bin's place: bin 0 has zero in its middle. */
  private readonly first: number;
  private readonly counts: Uint32Array;

  constructor(
    private readonly min: number,
    max: number,
  ) {
    this.width = min === max ? 0 : binWidth(min, max);
    this.first = this.width === 0 ? 0 : binOf(min, this.width);
    const bins = this.width === 0 ? 1 : binOf(max, this.width) - this.first + 1;
    this.counts = new Uint32Array(bins);
  }

  /** Values that are NaN or infinite are left out. */
  add(values: Float32Array): void {
    const { counts, width, first } = this;
    for (let i = 0; i < values.length; i++) {
      const value = values[i] ?? NaN;
      if (!Number.isFinite(value)) continue;
      const bin = width === 0 ? 0 : binOf(value, width) - first;
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
  }

  histogram(): Histogram {
    const { width, first, min, counts } = this;
    return { from: width === 0 ? min : (first - 0.5) * width, width, counts };
  }
}

function binOf(value: number, width: number): number {
  return Math.floor(value / width + 0.5);
}

/** The finest power of two that needs no more than `mostBins`. */
function binWidth(min: number, max: number): number {
  let width = 2 ** Math.floor(Math.log2((max - min) / mostBins));
  while (binOf(max, width) - binOf(min, width) + 1 > mostBins) width *= 2;
  return width;
}
