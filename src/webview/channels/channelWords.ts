import type { ChannelSort } from '../draw/channelOrder';
import { isDead, valueAt, type ChannelMaps, type LayerStats } from '../draw/channelStats';
import type { Fact } from '../draw/factList';
import { formatCount, formatExact, formatShare, formatValue, signed } from '../draw/numberFormat';
import type { Rect } from '../draw/rect';
import { probeWords } from '../probe/probeWords';
import type { Shares } from './shownChannels';

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

/** What is known of a channel beside its values. */
export interface ChannelNote {
  readonly isOff: boolean;
  readonly shares: Shares | undefined;
}

const unknown: ChannelNote = { isOff: false, shares: undefined };

/**
 * A channel in one line: `channel 37 · adds +0.42 to tabby · max 4.2 · mean 0.31 · zeros 63.0 %`, or that it is dead or
 * switched off.
 */
export function channelLine(
  stats: LayerStats,
  channel: number,
  { isOff, shares }: ChannelNote = unknown,
): string {
  const { maps, channels } = stats;
  const cells = maps.rows * maps.columns;
  const name = `${isUnits(maps) ? 'unit' : 'channel'} ${channel}`;
  const adds = shares ? [addsWords(shares, channel)] : [];
  if (isOff) return [name, 'switched off', ...adds].join(' · ');
  if (isUnits(maps)) return [name, ...adds, formatExact(valueAt(maps, channel, 0, 0))].join(' · ');
  if (isDead(stats, channel)) return `${name} · dead: every value is 0`;
  const at = (numbers: Float64Array): string => formatValue(numbers[channel] ?? NaN);
  return [
    name,
    ...adds,
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

/** `adds +0.42 to tabby`; where channels are off `added`. */
export function addsWords({ adds, target, isOfBefore }: Shares, channel: number): string {
  return `${isOfBefore ? 'added' : 'adds'} ${signed(adds[channel] ?? NaN)} to ${target}`;
}

/** ` (switched off, added +0.42 to tabby)`; nothing where nothing is known. */
export function noteWords({ isOff, shares }: ChannelNote, channel: number): string {
  const words = [
    ...(isOff ? ['switched off'] : []),
    ...(shares ? [addsWords(shares, channel)] : []),
  ];
  return words.length > 0 ? ` (${words.join(', ')})` : '';
}

/** `of 384`, `no. 3 of 384 by energy`, `no. 3 of 384 by what it adds`. */
export function rankWords(rank: number, channels: number, sort: ChannelSort): string {
  const all = formatCount(channels);
  if (sort === 'index') return `of ${all}`;
  const key = sort === 'adds' ? 'what it adds' : sort;
  return `no. ${formatCount(rank + 1)} of ${all} by ${key}`;
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

/** What the tiles are of, for a screen reader. */
export function tilesName(layer: string, { maps }: LayerStats, off: readonly number[]): string {
  const units = isUnits(maps);
  const count = `${formatCount(maps.channels)} ${units ? 'units' : 'channels'}`;
  const without = off.length > 0 ? `, ${formatCount(off.length)} off` : '';
  const show = units ? 'they see' : 'the strongest cell sees, Enter enlarges';
  return `${layer}: ${count}${without}. Arrows walk them and show what ${show}`;
}
