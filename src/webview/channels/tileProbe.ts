import { isUnits } from './channelWords';
import type { Cell, ChannelMaps } from '../draw/channelStats';
import { unitGrid } from '../draw/unitGrid';
import type { Probe } from '../probe/probe';

/** A cell of a channel's tile as what is pointed at; a number of a flat list is a cell of its grid. */
export function tileProbe(
  layer: string,
  maps: ChannelMaps,
  { channel, row, column }: Cell & { readonly channel: number },
): Probe {
  if (!isUnits(maps)) return { kind: 'cell', layer, row, column };
  const { columns } = unitGrid(maps.channels);
  return { kind: 'cell', layer, row: Math.floor(channel / columns), column: channel % columns };
}
