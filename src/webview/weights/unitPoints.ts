/** Dots over units: where each stands, and the numbers at the ends of the scale. */
export interface UnitPoints {
  readonly low: number;
  readonly high: number;
  /** From 0 at the top to 1 at the bottom; undefined for what is not finite. */
  readonly heights: readonly (number | undefined)[];
  /** Where zero is, if it is on the scale. */
  readonly zero: number | undefined;
}

/** Places values on a scale from the smallest to the largest; `fromZero` begins it at 0. */
export function unitPoints(values: Float32Array, fromZero: boolean): UnitPoints {
  let low = fromZero ? 0 : Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const place = (value: number): number => (high > low ? (high - value) / (high - low) : 0.5);
  const heights = Array.from(values, (value) =>
    Number.isFinite(value) ? place(value) : undefined,
  );
  return { low, high, heights, zero: low <= 0 && high >= 0 ? place(0) : undefined };
}
