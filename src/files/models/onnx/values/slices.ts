import { NetworkError } from '../../../../network/tensor/networkError';
import type { Shape } from '../../../../network/tensor/shape';
import type { Operation } from './operation';

/** What is kept of an axis: `count` places from `start` on, `step` apart. */
export interface AxisSlice {
  readonly axis: number;
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** What a Slice keeps of each axis that it names: by attributes until version 9, then by inputs. */
export function slices(operation: Operation, dims: Shape): readonly AxisSlice[] {
  const starts = operation.listOrInput('starts', 1) ?? [];
  const ends = operation.listOrInput('ends', 2) ?? [];
  const axes = operation.listOrInput('axes', 3) ?? starts.map((_, axis) => axis);
  const steps = operation.has(4) ? operation.values(4, 'steps') : starts.map(() => 1);
  return axes.map((asked, at) => {
    const axis = operation.axis(asked, dims.length);
    const size = dims[axis] ?? 1;
    const step = steps[at] ?? 1;
    if (step === 0) throw new NetworkError('Slice has a step of 0');
    const [least, most] = step > 0 ? [0, size] : [-1, size - 1];
    const within = (place: number): number =>
      Math.min(most, Math.max(least, place < 0 ? place + size : place));
    const start = within(starts[at] ?? 0);
    const end = ends[at] ?? size;
    // Far below 0 means before the first place where the step goes down.
    const last = step < 0 && end < -size ? -1 : within(end);
    return { axis, start, step, count: Math.max(0, Math.ceil((last - start) / step)) };
  });
}

/** The places that a slice keeps. */
export function sliceAlong({ start, step, count }: Omit<AxisSlice, 'axis'>): readonly number[] {
  return Array.from({ length: count }, (_, at) => start + at * step);
}
