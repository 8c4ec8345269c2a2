import { isUnits } from '../channels/channelWords';
import { channelOrder } from '../draw/channelOrder';
import { channelScale } from '../draw/channelScale';
import { valueAt, type LayerStats } from '../draw/channelStats';
import { colourOf, colourTable, type ColourTable } from '../draw/colourMap';
import type { HeatMap } from '../draw/heatMap';
import { paintTiles } from '../draw/paintTiles';
import { heatPixels } from '../draw/pixels';
import { tileLayout } from '../draw/tileLayout';
import type { ChannelView } from '../state/viewState';
import { enlarge, wholeFactor, type Picture } from './png';

/** A map is enlarged as far as it fits into a square of this side. */
const mapSide = 1024;
/** The sheet of all tiles fits into this as long as its cells have at least one pixel. */
const sheet = { width: 2048, height: 2048 } as const;

/** The map of the graph and the overview. */
export function mapPicture(map: HeatMap): Picture {
  const pixels = new Uint32Array(heatPixels(map).buffer);
  return enlarged({ pixels, width: map.columns, height: map.rows });
}

/** One channel in the scale and colours that the person chose. */
export function channelPicture(stats: LayerStats, channel: number, view: ChannelView): Picture {
  const { scale, colours } = looks(stats, view);
  const { rows, columns } = stats.maps;
  const reach = scale.reach[channel] ?? 0;
  const pixels = Uint32Array.from({ length: rows * columns }, (_, cell) => {
    const value = valueAt(stats.maps, channel, Math.floor(cell / columns), cell % columns);
    return colourOf(colours, value, reach);
  });
  return enlarged({ pixels, width: columns, height: rows });
}

/** Every channel as a tile, as the channels' tab shows them. */
export function sheetPicture(stats: LayerStats, view: ChannelView): Picture {
  const order = channelOrder(stats, isUnits(stats.maps) ? view.unitSort : view.sort);
  const layout = tileLayout({ count: order.length, cells: stats.maps }, sheet);
  const pixels = paintTiles({ stats, layout, order, ...looks(stats, view) });
  return { pixels, width: layout.width, height: layout.height };
}

function looks(
  stats: LayerStats,
  view: ChannelView,
): { readonly scale: ReturnType<typeof channelScale>; readonly colours: ColourTable } {
  const scale = channelScale(stats, isUnits(stats.maps) ? 'shared' : view.scale, view.clip);
  return { scale, colours: colourTable(view.colours, scale.kind) };
}

function enlarged(picture: Picture): Picture {
  return enlarge(picture, wholeFactor(picture, mapSide));
}
