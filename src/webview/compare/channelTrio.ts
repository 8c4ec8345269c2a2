import { isUnits } from '../channels/channelWords';
import type { ChannelMaps } from '../draw/channelStats';
import { colourBar } from '../draw/colourBar';
import { element } from '../draw/element';
import type { HeatMap } from '../draw/heatMap';
import { commonScale, heatScale } from '../draw/heatScale';
import { scaleTicks } from '../draw/mapWords';
import { formatValue } from '../draw/numberFormat';
import { heatImage } from '../draw/pixels';
import { channelMap } from '../values/chosenCell';
import type { LayerDifference } from './layerDifference';

/** One channel in A and in B, on one scale, and what B has more; undefined for units, which are single values. */
export function channelTrio(
  { a, b, apart }: LayerDifference,
  channel: number,
): HTMLElement | undefined {
  if (isUnits(apart.maps)) return undefined;
  const [left, right] = [heatOf(a.maps, channel), heatOf(b.maps, channel)];
  const scale = commonScale([left.scale, right.scale]);
  const more = heatOf(apart.maps, channel);
  return element(
    'div',
    { class: 'channel-trio' },
    figure('A', { ...left, scale: { ...left.scale, ...scale } }, channel),
    figure('B', { ...right, scale: { ...right.scale, ...scale } }, channel),
    // Two colours even where B has nowhere less: red is more, blue is less.
    figure('B − A', { ...more, scale: { ...more.scale, kind: 'diverging' } }, channel),
  );
}

function heatOf({ rows, columns, channels, data }: ChannelMaps, channel: number): HeatMap {
  const values = channelMap(data, [rows, columns, channels], channel);
  return { rows, columns, values, scale: heatScale(values), channel, units: false };
}

function figure(side: string, map: HeatMap, channel: number): HTMLElement {
  const ends = `up to ${formatValue(map.scale.max)} from 0`;
  const image = element('img', {
    class: 'trio-map',
    src: heatImage(map),
    alt: `Channel ${channel}, ${side}, ${ends}`,
  });
  return element(
    'figure',
    {},
    element('figcaption', {}, side),
    image,
    colourBar(map.scale.kind, scaleTicks(map)),
  );
}
