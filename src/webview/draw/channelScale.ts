import type { LayerStats } from './channelStats';
import type { HeatScale } from './heatScale';

/** One scale for all channels of a layer, or one for each. */
export const scaleModes = ['shared', 'channel'] as const;
export type ScaleMode = (typeof scaleModes)[number];

/** Shares of the values other than zero that may lie past the ends of a scale. */
export const clipShares = [0, 0.001, 0.01, 0.05] as const;
export type ClipShare = (typeof clipShares)[number];

/** Fine enough that a scale ends within a two-thousandth of the largest value. */
const bins = 2048;

/** How values of a layer's channels become colours: zero is always at the same place of the scale. */
export interface ChannelScale {
  /** One kind for the whole layer, so that a colour means the same sign on every tile. */
  readonly kind: HeatScale['kind'];
  /** The distance from zero at which each channel's scale ends; 0 where all values are zero. */
  readonly reach: Float64Array;
}

const known = new WeakMap<LayerStats, Map<string, ChannelScale>>();

/** The scale of a layer's channels with these choices; worked out once. */
export function channelScale(stats: LayerStats, mode: ScaleMode, clip: ClipShare): ChannelScale {
  const scales = known.get(stats) ?? new Map<string, ChannelScale>();
  const key = `${mode} ${clip}`;
  const scale = scales.get(key) ?? {
    kind: stats.min < 0 ? 'diverging' : 'sequential',
    reach: mode === 'shared' ? sharedReach(stats, clip) : channelReach(stats, clip),
  };
  known.set(stats, scales.set(key, scale));
  return scale;
}

function sharedReach({ maps, peak }: LayerStats, clip: ClipShare): Float64Array {
  const reach = clip === 0 ? peak : clippedReach(maps.data, { start: 0, step: 1, peak, clip });
  return new Float64Array(maps.channels).fill(reach);
}

function channelReach({ maps, channels }: LayerStats, clip: ClipShare): Float64Array {
  if (clip === 0) return channels.peak;
  return channels.peak.map((peak, start) =>
    clippedReach(maps.data, { start, step: maps.channels, peak, clip }),
  );
}

interface Range {
  readonly start: number;
  readonly step: number;
  readonly peak: number;
  readonly clip: ClipShare;
}

/** The smallest end of a bin past which at most `clip` of the values other than zero lie. */
function clippedReach(data: Float32Array, { start, step, peak, clip }: Range): number {
  if (peak === 0) return 0;
  const counts = new Uint32Array(bins);
  let total = 0;
  for (let index = start; index < data.length; index += step) {
    const size = Math.abs(data[index] ?? NaN);
    if (!(size > 0 && size <= peak)) continue;
    const bin = Math.min(bins - 1, Math.floor((size / peak) * bins));
    counts[bin] = (counts[bin] ?? 0) + 1;
    total++;
  }
  let bin = bins;
  for (let past = 0; bin > 1; bin--) {
    past += counts[bin - 1] ?? 0;
    if (past > clip * total) break;
  }
  return (bin / bins) * peak;
}
