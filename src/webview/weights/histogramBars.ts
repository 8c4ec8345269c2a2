import type { Histogram } from '../../protocol/weightSummary';
import { formatCount, formatShare, formatValue } from '../draw/numberFormat';
import type { WeightsLook } from '../state/weightsLook';

/** A bin that holds anything is never drawn as if it were empty. */
const leastHeight = 0.015;

/** The height of each bar, from 0 to 1. On the logarithmic scale it is log(1 + count), so that one value still shows. */
export function barHeights({ counts }: Histogram, scale: WeightsLook['counts']): readonly number[] {
  const most = Math.max(...counts);
  return Array.from(counts, (count) => {
    if (count === 0) return 0;
    const height = scale === 'log' ? Math.log1p(count) / Math.log1p(most) : count / most;
    return Math.max(leastHeight, height);
  });
}

/** The bin that has zero in its middle, if there is one. */
export function zeroBin({ from, width, counts }: Histogram): number | undefined {
  if (width === 0) return from === 0 ? 0 : undefined;
  const bin = Math.round(-from / width - 0.5);
  return bin >= 0 && bin < counts.length ? bin : undefined;
}

/** `−0.0039 to 0.0039: 1,234 values, 3.5 %`. */
export function binWords({ from, width, counts }: Histogram, bin: number, all: number): string {
  const count = counts[bin] ?? 0;
  const held = `${formatCount(count)} ${count === 1 ? 'value' : 'values'}, ${formatShare(count, all)}`;
  if (width === 0) return `${formatValue(from)}: ${held}`;
  const [start, end] = [from + bin * width, from + (bin + 1) * width];
  return `${formatValue(start)} to ${formatValue(end)}: ${held}`;
}
