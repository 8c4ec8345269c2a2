/** A number along an axis and where it stands, from 0 to 1. */
export interface Tick {
  readonly value: number;
  readonly place: number;
}

/** A place in a chart: x from 0 at the first step to 1 at the last, y in the chart's unit. */
export interface ChartPoint {
  readonly x: number;
  readonly y: number;
}

/** A round number not far above the largest of some values. */
export function niceTop(values: readonly number[]): number {
  return roundUp(Math.max(0, ...values.filter(Number.isFinite)), [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8]);
}

/** The least of these factors, from 1 to 10, times a power of ten that is not below a number; 1 for 0. */
function roundUp(number: number, factors: readonly number[]): number {
  if (number === 0) return 1;
  const power = 10 ** Math.floor(Math.log10(number));
  const factor = factors.find((each) => each * power >= number * (1 - 1e-9)) ?? 10;
  return Number((factor * power).toPrecision(2));
}

/** Numbers from 0 to the end at steps of 1, 2 or 5 times a power of ten, no more than `most` besides 0. */
export function ticksTo(end: number, most: number, { whole = false } = {}): readonly Tick[] {
  if (end <= 0) return [{ value: 0, place: 0 }];
  const least = Math.max(end / most, whole ? 1 : 0);
  const step = roundUp(least, [1, 2, 5]);
  const count = Math.floor(end / step + 1e-9);
  return Array.from({ length: count + 1 }, (_, at) => {
    const value = Number((at * step).toPrecision(12));
    return { value, place: value / end };
  });
}

/** A line through points, broken where a value is no number; values beyond the top are cut at it. */
export function linePath(points: readonly ChartPoint[], top: number): string {
  let isBroken = true;
  const parts: string[] = [];
  for (const { x, y } of points) {
    if (Number.isFinite(y)) {
      parts.push(`${isBroken ? 'M' : 'L'}${x.toFixed(5)} ${heightOf(y, top).toFixed(5)}`);
    }
    isBroken = !Number.isFinite(y);
  }
  // A line of one point would not be seen.
  return parts.length === 1 ? `${parts.join('')}h0` : parts.join('');
}

/** Dots, each a line of no length that its round end makes visible. */
export function dotsPath(points: readonly ChartPoint[], top: number): string {
  return points
    .filter(({ y }) => Number.isFinite(y))
    .map(({ x, y }) => `M${x.toFixed(5)} ${heightOf(y, top).toFixed(5)}h0`)
    .join('');
}

/** From 0 at the top of a chart to 1 at its bottom. */
function heightOf(y: number, top: number): number {
  return 1 - Math.min(1, Math.max(0, y / top));
}

/** The index of the point nearest to a place along x; undefined where there is none. */
export function nearest(points: readonly ChartPoint[], x: number): number | undefined {
  if (points.length === 0) return undefined;
  let best = 0;
  for (const [at, point] of points.entries()) {
    if (Math.abs(point.x - x) <= Math.abs((points[best]?.x ?? 0) - x)) best = at;
  }
  return best;
}
