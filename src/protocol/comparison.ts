import type { Shape } from '../network/tensor/shape';

/** How far two layers' values are apart, over the places where both are numbers. */
export interface Difference {
  readonly maxAbs: number;
  readonly rmse: number;
  /** The root of the mean square of the first one's values: what the RMSE is measured by. */
  readonly rms: number;
  /** Of the angle between both, taken as vectors; left out where one of them is zero throughout. */
  readonly cosine?: number;
  /** Places where one of them is NaN or infinite. */
  readonly broken: number;
  /** The RMS of the difference over the channels of each cell, row-major; for units its absolute value. */
  readonly map: Float32Array;
}

/** A layer of two runs; the shape is left out of the one that has no such layer. */
export interface LayerComparison {
  readonly name: string;
  readonly a?: Shape;
  readonly b?: Shape;
  /** Left out where shapes differ. */
  readonly difference?: Difference;
}

/** Two ways to compute a layer in float32 stay within this part of its RMS. */
export const divergenceTolerance = 1e-4;

/** Whether a layer's two sides are more than rounding apart. */
export function diverges({ difference }: LayerComparison): boolean {
  if (!difference) return true;
  const { rmse, rms, broken } = difference;
  return broken > 0 || rmse > divergenceTolerance * rms;
}
