import type { Tensor } from '../../protocol/engineProtocol';
import { layerStats, type LayerStats } from '../draw/channelStats';

/** A layer's values in two runs, and B − A as a layer of its own. */
export interface LayerDifference {
  readonly a: LayerStats;
  readonly b: LayerStats;
  readonly apart: LayerStats;
}

const known = new WeakMap<Tensor, WeakMap<Tensor, LayerDifference>>();

/** Two outputs of equal shape, channel by channel; worked out once. */
export function layerDifference(a: Tensor, b: Tensor): LayerDifference {
  const others = known.get(a) ?? new WeakMap<Tensor, LayerDifference>();
  const difference = others.get(b) ?? {
    a: layerStats(a),
    b: layerStats(b),
    apart: layerStats(subtract(a, b)),
  };
  known.set(a, others.set(b, difference));
  return difference;
}

function subtract(a: Tensor, b: Tensor): Tensor {
  return { shape: b.shape, data: b.data.map((value, index) => value - (a.data[index] ?? NaN)) };
}
