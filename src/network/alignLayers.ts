import type { Layer } from './layers/layer';
import type { Network } from './network';
import { sameShape } from './tensor/shape';

/** A layer and its counterpart in another network; undefined where it has none. */
export interface AlignedLayers {
  readonly a?: Layer;
  readonly b?: Layer;
}

/**
 * Aligns two networks' layers by name and kind, each in its own order, as a longest common subsequence. Where two pairs
 * cross (pool1 before norm1, norm1 before pool1) the pair of equal shapes is kept. Takes O(layers of a · layers of b).
 */
export function alignLayers(a: Network, b: Network): readonly AlignedLayers[] {
  const best = pairings(a.layers, b.layers);
  const aligned: AlignedLayers[] = [];
  let [i, j] = [0, 0];
  while (i < a.layers.length || j < b.layers.length) {
    const [left, right] = [a.layers[i], b.layers[j]];
    const here = at(best, i, j);
    const pair = left && right ? likeness(left, right) : 0;
    if (left && right && pair > 0 && here === pair + at(best, i + 1, j + 1)) {
      aligned.push({ a: left, b: right });
      i++;
      j++;
    } else if (left && (!right || here === at(best, i + 1, j))) {
      aligned.push({ a: left });
      i++;
    } else if (right) {
      aligned.push({ b: right });
      j++;
    }
  }
  return aligned;
}

/** Best total likeness of a's layers from i and b's from j on, for every i and j. */
function pairings(a: readonly Layer[], b: readonly Layer[]): readonly (readonly number[])[] {
  const best = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    const row = best[i] ?? [];
    for (let j = b.length - 1; j >= 0; j--) {
      const [left, right] = [a[i], b[j]];
      const pair = left && right ? likeness(left, right) : 0;
      const paired = pair > 0 ? pair + at(best, i + 1, j + 1) : 0;
      row[j] = Math.max(paired, at(best, i + 1, j), at(best, i, j + 1));
    }
  }
  return best;
}

function at(table: readonly (readonly number[])[], i: number, j: number): number {
  return table[i]?.[j] ?? 0;
}

/** Weight of a pair: 0 for layers that are no counterparts, 2 for equal shapes. */
function likeness(a: Layer, b: Layer): number {
  if (a.name !== b.name || a.kind !== b.kind) return 0;
  return sameShape(a.outputShape, b.outputShape) ? 2 : 1;
}
