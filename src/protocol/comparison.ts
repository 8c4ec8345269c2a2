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

/** How far `b` is from `a`, both row-major [..., channels]: sums are float64. */
export function compareValues(a: Float32Array, b: Float32Array, channels: number): Difference {
  const map = new Float32Array(a.length / channels);
  let [maxAbs, squares, ofA, ofB, product, broken] = [0, 0, 0, 0, 0, 0];
  for (let cell = 0, i = 0; cell < map.length; cell++) {
    let cellSquares = 0;
    for (let channel = 0; channel < channels; channel++, i++) {
      const [x, y] = [a[i] ?? NaN, b[i] ?? NaN];
      if (!Number.isFinite(x) || !Number.isFinite(y)) {
        broken++;
        continue;
      }
      const apart = y - x;
      if (Math.abs(apart) > maxAbs) maxAbs = Math.abs(apart);
      cellSquares += apart * apart;
      ofA += x * x;
      ofB += y * y;
      product += x * y;
    }
    squares += cellSquares;
    map[cell] = Math.sqrt(cellSquares / channels);
  }
  const count = Math.max(1, a.length - broken);
  return {
    maxAbs,
    rmse: Math.sqrt(squares / count),
    rms: Math.sqrt(ofA / count),
    ...(ofA > 0 && ofB > 0 && { cosine: product / (Math.sqrt(ofA) * Math.sqrt(ofB)) }),
    broken,
    map,
  };
}
