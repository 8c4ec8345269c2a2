import type { ChannelSort } from '../draw/channelOrder';
import { isDead, valueAt, type ChannelMaps, type LayerStats } from '../draw/channelStats';
import type { Fact } from '../draw/factList';
import { formatCount, formatExact, formatShare, formatValue } from '../draw/numberFormat';
import type { Rect } from '../draw/rect';
import { probeWords } from '../probe/probeWords';

/** The numbers of a layer's output. */
export function layerStatFacts(stats: LayerStats): readonly Fact[] {
  const { maps, min, max, mean, zeros, values, broken, dead } = stats;
  const units = isUnits(maps);
  const facts = [
    { term: 'min', value: formatValue(min) },
    { term: 'max', value: formatValue(max) },
    { term: 'mean', value: formatValue(mean) },
    { term: 'zeros', value: formatShare(zeros, values) },
    {
      term: units ? 'units at 0' : 'dead',
      value: `${formatCount(dead)} of ${formatCount(maps.channels)}`,
    },
  ];
  if (broken === 0) return facts;
  return [...facts, { term: 'NaN or infinite', value: formatCount(broken) }];
}

/** A channel in one line: `channel 37 · max 4.2 · mean 0.31 · zeros 63.0 %`, or that it is dead. */
export function channelLine(stats: LayerStats, channel: number): string {
  const { maps, channels } = stats;
  const cells = maps.rows * maps.columns;
  if (isUnits(maps)) return `unit ${channel} · ${formatExact(valueAt(maps, channel, 0, 0))}`;
  if (isDead(stats, channel)) return `channel ${channel} · dead: every value is 0`;
  const at = (numbers: Float64Array): string => formatValue(numbers[channel] ?? NaN);
  return [
    `channel ${channel}`,
    `max ${at(channels.max)}`,
    `mean ${at(channels.mean)}`,
    `zeros ${formatShare(channels.zeros[channel] ?? 0, cells)}`,
  ].join(' · ');
}

/** One value and where it stands: `channel 37 · row 3, column 5 · 1.20519`. */
export function cellLine(maps: ChannelMaps, channel: number, row: number, column: number): string {
  const value = formatExact(valueAt(maps, channel, row, column));
  if (isUnits(maps)) return `unit ${channel} · ${value}`;
  return `channel ${channel} · row ${row}, column ${column} · ${value}`;
}

/** `of 384`, or `no. 3 of 384 by energy`. */
export function rankWords(rank: number, channels: number, sort: ChannelSort): string {
  const all = formatCount(channels);
  return sort === 'index' ? `of ${all}` : `no. ${formatCount(rank + 1)} of ${all} by ${sort}`;
}

/** `sees rows 20–30, columns 8–18 of the input`. */
export function seenWords({ x, y, width, height }: Rect): string {
  if (width === 0 || height === 0) return probeWords.sees(undefined);
  return probeWords.sees({
    rows: { first: y, last: y + height - 1 },
    columns: { first: x, last: x + width - 1 },
  });
}

export function isUnits({ rows, columns }: ChannelMaps): boolean {
  return rows * columns === 1;
}
