import type { LayerStats } from './channelStats';

/** Keys by which the channels of a layer can be sorted. */
export const channelSorts = ['index', 'max', 'mean', 'energy'] as const;
export type ChannelSort = (typeof channelSorts)[number];

/** The channels in order: by index, or the largest first, equal ones by index, those without a number last. */
export function channelOrder({ maps, channels }: LayerStats, sort: ChannelSort): Uint32Array {
  const order = Uint32Array.from({ length: maps.channels }, (_, channel) => channel);
  if (sort === 'index') return order;
  const keys = channels[sort].map((key) => (Number.isNaN(key) ? -Infinity : key));
  // Typed arrays sort stably, so that equal keys keep the order of their index.
  return order.sort((a, b) => compareDescending(keys[a] ?? -Infinity, keys[b] ?? -Infinity));
}

function compareDescending(a: number, b: number): number {
  if (a === b) return 0;
  return a > b ? -1 : 1;
}
