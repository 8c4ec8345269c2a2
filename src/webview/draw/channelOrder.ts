import type { LayerStats } from './channelStats';

/** Keys by which the channels of a layer can be sorted; `adds`: by what each adds to a class. */
export const channelSorts = ['index', 'max', 'mean', 'energy', 'adds'] as const;
export type ChannelSort = (typeof channelSorts)[number];

/** A number for each channel, the largest of which comes first; undefined where they stand by their index. */
export function channelKeys(
  { channels }: LayerStats,
  sort: ChannelSort,
  shares?: Float32Array,
): ArrayLike<number> | undefined {
  if (sort === 'index') return undefined;
  return sort === 'adds' ? shares : channels[sort];
}

/** Channels in order: by index, or the largest first, equal ones by index, those without a number last. */
export function orderBy(count: number, keys: ArrayLike<number> | undefined): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, channel) => channel);
  if (!keys) return order;
  const known = Array.from(keys, (key) => (Number.isNaN(key) ? -Infinity : key));
  // Typed arrays sort stably, so that equal keys keep the order of their index.
  return order.sort((a, b) => compareDescending(known[a] ?? -Infinity, known[b] ?? -Infinity));
}

/** The channels of a layer in an order that follows from their values alone. */
export function channelOrder(stats: LayerStats, sort: ChannelSort): Uint32Array {
  return orderBy(stats.maps.channels, channelKeys(stats, sort));
}

function compareDescending(a: number, b: number): number {
  if (a === b) return 0;
  return a > b ? -1 : 1;
}
