import type { ChannelScale } from './channelScale';
import { isDead, valueAt, type LayerStats } from './channelStats';
import { colourOf, pack, type ColourTable } from './colourMap';
import { cellOf, tileRect, type TileLayout } from './tileLayout';

/** Grey that differs from the colour of zero on both kinds of scale. */
const deadMark = pack([128, 128, 128]);
/** Smaller tiles of dead channels get no cross: it would fill them. */
const smallestMarked = 7;

export interface TilePainting {
  readonly stats: LayerStats;
  readonly layout: TileLayout;
  /** Channels in the order of their tiles. */
  readonly order: Uint32Array;
  readonly scale: ChannelScale;
  readonly colours: ColourTable;
}

/** Every channel as a tile of true cells, dead ones crossed out, as RGBA pixels; between the tiles nothing. */
export function paintTiles(painting: TilePainting): Uint32Array<ArrayBuffer> {
  const { stats, layout, order } = painting;
  const pixels = new Uint32Array(layout.width * layout.height);
  const columnOf = cellsAlong(layout.tile.width, stats.maps.columns);
  const rowOf = cellsAlong(layout.tile.height, stats.maps.rows);
  for (const [slot, channel] of order.entries()) {
    paintTile(pixels, painting, { slot, channel, columnOf, rowOf });
    if (layout.tile.width >= smallestMarked && isDead(stats, channel)) cross(pixels, layout, slot);
  }
  return pixels;
}

interface TileToPaint {
  readonly slot: number;
  readonly channel: number;
  /** The cell of each pixel along either side. */
  readonly columnOf: Uint16Array;
  readonly rowOf: Uint16Array;
}

function paintTile(
  pixels: Uint32Array,
  { stats: { maps }, layout, scale, colours }: TilePainting,
  { slot, channel, columnOf, rowOf }: TileToPaint,
): void {
  const { x, y } = tileRect(layout, slot);
  const reach = scale.reach[channel] ?? 0;
  let above = -1;
  for (const [down, row] of rowOf.entries()) {
    const start = (y + down) * layout.width + x;
    if (row === above) {
      pixels.copyWithin(start, start - layout.width, start - layout.width + columnOf.length);
      continue;
    }
    above = row;
    let pixel = 0;
    let column = -1;
    for (let across = 0; across < columnOf.length; across++) {
      if (columnOf[across] !== column) {
        column = columnOf[across] ?? 0;
        pixel = colourOf(colours, valueAt(maps, channel, row, column), reach);
      }
      pixels[start + across] = pixel;
    }
  }
}

function cellsAlong(pixels: number, cells: number): Uint16Array {
  return Uint16Array.from({ length: pixels }, (_, at) => cellOf(at, pixels, cells));
}

function cross(pixels: Uint32Array, layout: TileLayout, slot: number): void {
  const { x, y, width, height } = tileRect(layout, slot);
  for (let down = 0; down < height; down++) {
    const across = Math.floor(((down + 0.5) * width) / height);
    const start = (y + down) * layout.width + x;
    pixels[start + across] = deadMark;
    pixels[start + width - 1 - across] = deadMark;
  }
}
