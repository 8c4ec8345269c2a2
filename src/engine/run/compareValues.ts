import type { Difference } from '../../protocol/comparison';

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
