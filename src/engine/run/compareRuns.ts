import { alignLayers, type AlignedLayers } from '../../network/alignLayers';
import { isMapShape, sameShape } from '../../network/tensor/shape';
import { compareValues, type LayerComparison } from '../../protocol/comparison';
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
