import { unitGrid } from './grid';
import type { Rect, Size } from './rect';

/** Tiles of one size in rows, filled from the left; the last row may end early. Device pixels. */
export interface TileLayout extends Size {
  readonly count: number;
  readonly columns: number;
  readonly tile: Size;
  readonly gap: number;
}

/** A place in the layout: which tile, and which of its pixels. */
export interface TilePlace {
  readonly slot: number;
  readonly x: number;
  readonly y: number;
}

interface Tiles {
  readonly count: number;
  /** Cells of one tile. */
  readonly cells: { readonly columns: number; readonly rows: number };
}

const gapPixels = 1;
/** A unit is one cell: smaller ones touch, so that the gaps are not most of the picture. */
const smallestUnitWithGap = 7;
const smallestUnit = 2;
/** So that a few units do not fill a pane. */
const largestUnit = 32;

/**
 * The largest tiles that all fit into a pane. Cells are whole pixels, and from two pixels on all of one size;
 * where not even one pixel a cell fits, the layout is higher than the pane.
 */
export function tileLayout({ count, cells }: Tiles, pane: Size): TileLayout {
  if (cells.columns * cells.rows === 1) return unitLayout(count, pane);
  const width = tileWidth(largestTile(count, cells.rows / cells.columns, pane), cells.columns);
  const tile = { width, height: Math.round((width * cells.rows) / cells.columns) };
  const columns = Math.floor((pane.width + gapPixels) / (width + gapPixels));
  return arrange(count, Math.min(count, Math.max(1, columns)), tile, gapPixels);
}

/** What is at a pixel, a gap counted to the tile before it; undefined past the tiles. */
export function tileAt(layout: TileLayout, x: number, y: number): TilePlace | undefined {
  const { tile, gap, columns, count } = layout;
  const column = Math.floor(x / (tile.width + gap));
  const row = Math.floor(y / (tile.height + gap));
  const slot = row * columns + column;
  if (x < 0 || y < 0 || column >= columns || slot >= count) return undefined;
  return {
    slot,
    x: Math.min(x - column * (tile.width + gap), tile.width - 1),
    y: Math.min(y - row * (tile.height + gap), tile.height - 1),
  };
}

/** Which of `cells` in a row a pixel of a tile belongs to. */
export function cellOf(pixel: number, pixels: number, cells: number): number {
  return Math.floor((pixel * cells) / pixels);
}

export function tileRect({ tile, gap, columns }: TileLayout, slot: number): Rect {
  const x = (slot % columns) * (tile.width + gap);
  const y = Math.floor(slot / columns) * (tile.height + gap);
  return { x, y, ...tile };
}

function unitLayout(count: number, pane: Size): TileLayout {
  const { columns, rows } = unitGrid(count);
  const room = Math.min(Math.floor(pane.width / columns), Math.floor(pane.height / rows));
  const pitch = Math.max(smallestUnit, Math.min(room, largestUnit));
  const gap = pitch >= smallestUnitWithGap ? gapPixels : 0;
  return arrange(count, columns, { width: pitch - gap, height: pitch - gap }, gap);
}

/** Width of the largest tile with which `count` fit into the pane, not below one pixel. */
function largestTile(count: number, aspect: number, pane: Size): number {
  let largest = 1;
  for (let columns = 1; columns <= count; columns++) {
    const byWidth = (pane.width + gapPixels) / columns - gapPixels;
    if (byWidth <= largest) break;
    const rows = Math.ceil(count / columns);
    const byHeight = ((pane.height + gapPixels) / rows - gapPixels) / aspect;
    largest = Math.max(largest, Math.min(byWidth, byHeight));
  }
  return Math.floor(largest);
}

function tileWidth(room: number, cells: number): number {
  if (room >= 2 * cells) return room - (room % cells);
  return Math.max(cells, room);
}

function arrange(count: number, columns: number, tile: Size, gap: number): TileLayout {
  const rows = Math.max(1, Math.ceil(count / columns));
  return {
    count,
    columns,
    tile,
    gap,
    width: columns * (tile.width + gap) - gap,
    height: rows * (tile.height + gap) - gap,
  };
}
