import { isMapShape } from '../../network/tensor/shape';
import type { Tensor } from '../../protocol/engineProtocol';
import type { MapCell } from './grid';

/** A layer's output seen as channels; a list of units is as many channels of one cell each. */
export interface ChannelMaps {
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
  /** Row-major [rows, columns, channels]: the channels of a cell are adjacent. */
  readonly data: Float32Array;
}

/** Numbers of each channel; cells that are NaN or infinite are counted and otherwise left out. */
export interface ChannelStats {
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly mean: Float64Array;
  /** Mean of the squares. */
  readonly energy: Float64Array;
  /** Largest distance from zero. */
  readonly peak: Float64Array;
  readonly zeros: Uint32Array;
  readonly broken: Uint32Array;
}

/** Numbers of a whole layer. */
export interface LayerStats {
  readonly maps: ChannelMaps;
  readonly channels: ChannelStats;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly peak: number;
  readonly values: number;
  readonly zeros: number;
  readonly broken: number;
  /** Channels whose every value is zero: nothing in the picture made them answer. */
  readonly dead: number;
}

const known = new WeakMap<Tensor, LayerStats>();

/** The numbers of a layer's output; worked out once. */
export function layerStats(tensor: Tensor): LayerStats {
  const stats = known.get(tensor) ?? summarise(channelMaps(tensor));
  known.set(tensor, stats);
  return stats;
}

/** The value of a channel at a cell. */
export function valueAt(maps: ChannelMaps, channel: number, row: number, column: number): number {
  return maps.data[(row * maps.columns + column) * maps.channels + channel] ?? NaN;
}

/** The cell of a channel that is furthest from zero; the first of equals. */
export function strongestCell(maps: ChannelMaps, channel: number): MapCell {
  let best = { row: 0, column: 0, size: -1 };
  for (let row = 0; row < maps.rows; row++) {
    for (let column = 0; column < maps.columns; column++) {
      const size = Math.abs(valueAt(maps, channel, row, column));
      if (size > best.size) best = { row, column, size };
    }
  }
  return { row: best.row, column: best.column };
}

export function isDead({ maps, channels }: LayerStats, channel: number): boolean {
  return channels.zeros[channel] === maps.rows * maps.columns;
}

function channelMaps({ shape, data }: Tensor): ChannelMaps {
  if (!isMapShape(shape)) return { rows: 1, columns: 1, channels: data.length, data };
  const [rows, columns, channels] = shape;
  return { rows, columns, channels, data };
}

function summarise(maps: ChannelMaps): LayerStats {
  const channels = channelStats(maps);
  const cells = maps.rows * maps.columns;
  const totals = { min: Infinity, max: -Infinity, sum: 0, zeros: 0, broken: 0, dead: 0 };
  for (let channel = 0; channel < maps.channels; channel++) {
    const zeros = channels.zeros[channel] ?? 0;
    const broken = channels.broken[channel] ?? 0;
    totals.zeros += zeros;
    totals.broken += broken;
    if (zeros === cells) totals.dead++;
    if (broken === cells) continue;
    totals.min = Math.min(totals.min, channels.min[channel] ?? NaN);
    totals.max = Math.max(totals.max, channels.max[channel] ?? NaN);
    totals.sum += (channels.mean[channel] ?? NaN) * (cells - broken);
  }
  const { min, max, sum, zeros, broken, dead } = totals;
  const values = maps.data.length;
  const finite = values - broken;
  const [least, most] = finite > 0 ? [min, max] : [NaN, NaN];
  const peak = finite > 0 ? Math.max(Math.abs(min), Math.abs(max)) : 0;
  return {
    maps,
    channels,
    min: least,
    max: most,
    mean: sum / finite,
    peak,
    values,
    zeros,
    broken,
    dead,
  };
}

function channelStats({ channels, data }: ChannelMaps): ChannelStats {
  const min = new Float64Array(channels).fill(Infinity);
  const max = new Float64Array(channels).fill(-Infinity);
  const mean = new Float64Array(channels);
  const energy = new Float64Array(channels);
  const zeros = new Uint32Array(channels);
  const broken = new Uint32Array(channels);
  const cells = data.length / channels;
  for (let index = 0, channel = 0; index < data.length; index++) {
    const value = data[index] ?? NaN;
    if (Number.isFinite(value)) {
      if (value < (min[channel] ?? NaN)) min[channel] = value;
      if (value > (max[channel] ?? NaN)) max[channel] = value;
      if (value === 0) zeros[channel] = (zeros[channel] ?? 0) + 1;
      mean[channel] = (mean[channel] ?? 0) + value;
      energy[channel] = (energy[channel] ?? 0) + value * value;
    } else {
      broken[channel] = (broken[channel] ?? 0) + 1;
    }
    if (++channel === channels) channel = 0;
  }
  const finite = broken.map((count) => cells - count);
  const average = (sum: number, channel: number): number => sum / (finite[channel] ?? 0);
  const peak = max.map((most, channel) => Math.max(Math.abs(most), Math.abs(min[channel] ?? 0)));
  for (const [channel, count] of finite.entries()) {
    if (count > 0) continue;
    min[channel] = max[channel] = NaN;
    peak[channel] = 0;
  }
  return { min, max, mean: mean.map(average), energy: energy.map(average), peak, zeros, broken };
}
