import { alignLayers, type AlignedLayers } from '../../network/alignLayers';
import { isMapShape, sameShape } from '../../network/tensor/shape';
import type { Difference, LayerComparison } from '../../protocol/comparison';
import type { Tensor } from '../../protocol/engineProtocol';
import type { StoredRun } from './runStore';
import { valuesOf } from './runStore';

/** Two runs layer by layer, the input first; layers that have a counterpart of another shape are not compared. */
export function compareRuns(a: StoredRun, b: StoredRun): readonly LayerComparison[] {
  return alignLayers(a.network, b.network).map((pair) => compareLayer(pair, a, b));
}

function compareLayer(pair: AlignedLayers, a: StoredRun, b: StoredRun): LayerComparison {
  const left = pair.a && valuesOf(a, pair.a.name);
  const right = pair.b && valuesOf(b, pair.b.name);
  const alike = left && right && sameShape(left.shape, right.shape);
  return {
    name: (pair.a ?? pair.b)?.name ?? '',
    ...(left && { a: left.shape }),
    ...(right && { b: right.shape }),
    ...(alike && { difference: compareValues(left.data, right.data, channelsOf(left)) }),
  };
}

function channelsOf({ shape }: Tensor): number {
  return isMapShape(shape) ? shape[2] : 1;
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
