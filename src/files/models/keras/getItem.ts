import type { LayerSettings } from '../../../network/layers/layer';
import type { Shape } from '../../../network/tensor/shape';
import { fieldsOf } from '../../containers/smallJson';

/** From, to and by how many places, as Python slices an axis; null where it goes without saying. */
interface Range {
  readonly start: number | null;
  readonly stop: number | null;
  readonly step: number | null;
}

/** `x[:, 1:5, 2:]`: a part of a tensor, along axes behind the batch; undefined for what is no such part. */
export function getItem(items: unknown, [input]: readonly Shape[]): LayerSettings | undefined {
  if (!Array.isArray(items) || !input) return undefined;
  const [batch, ...ranges] = items.map(rangeIn);
  if (!isWhole(batch) || ranges.length > input.length) return undefined;
  const parts = input.map((size, axis) => {
    const range = axis < ranges.length ? ranges[axis] : whole;
    return range && partOf(range, size);
  });
  const known = parts.filter((part) => part !== undefined);
  if (known.length < input.length) return undefined;
  return {
    kind: 'Slice',
    starts: known.map(({ start }) => start),
    steps: known.map(({ step }) => step),
    counts: known.map(({ count }) => count),
  };
}

const whole: Range = { start: null, stop: null, step: null };

function isWhole(range: Range | undefined): boolean {
  return range?.start === null && range.stop === null && range.step === null;
}

function rangeIn(item: unknown): Range | undefined {
  const { class_name: className, config } = fieldsOf(item) ?? {};
  const { start = null, stop = null, step = null } = fieldsOf(config) ?? {};
  const isPlace = (value: unknown): value is number | null =>
    value === null || Number.isSafeInteger(value);
  const isRange = className === '__slice__' && isPlace(start) && isPlace(stop) && isPlace(step);
  return isRange ? { start, stop, step } : undefined;
}

/** Places below 0 count from the end; those outside are the ends. Undefined where it goes backwards. */
function partOf(
  { start, stop, step }: Range,
  size: number,
): { readonly start: number; readonly step: number; readonly count: number } | undefined {
  const by = step ?? 1;
  if (by < 1) return undefined;
  const place = (value: number): number =>
    Math.min(size, Math.max(0, value < 0 ? value + size : value));
  const from = place(start ?? 0);
  return { start: from, step: by, count: Math.ceil((place(stop ?? size) - from) / by) };
}
