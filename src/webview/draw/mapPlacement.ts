import type { ReceptiveField } from '../../network/receptiveField';
import type { Grid } from './grid';
import { intersection, type Rect, type Size } from './rect';

/** Where a map's cells lie on the network's input, in pixels of the input; each is as large as a step of the map. */
export interface MapPlacement {
  readonly field: ReceptiveField;
  readonly cells: Grid;
  readonly input: Size;
}

/** A place on a map in cells: the centre of cell 0 is at 0.5. */
export interface MapPoint {
  readonly column: number;
  readonly row: number;
}

/** The map over the input, each cell around the centre of what it sees; may reach past the input's edges. */
export function mapRect({ field, cells }: MapPlacement): Rect {
  const { rows, columns } = field;
  return {
    x: columns.start + columns.size / 2 - columns.stride / 2,
    y: rows.start + rows.size / 2 - rows.stride / 2,
    width: cells.columns * columns.stride,
    height: cells.rows * rows.stride,
  };
}

/** The point of the map under a pixel of the input; undefined beside the map. */
export function mapPoint(placement: MapPlacement, x: number, y: number): MapPoint | undefined {
  const rect = mapRect(placement);
  const column = (x - rect.x) / placement.field.columns.stride;
  const row = (y - rect.y) / placement.field.rows.stride;
  const { columns, rows } = placement.cells;
  const inside = column >= 0 && row >= 0 && column < columns && row < rows;
  return inside ? { column, row } : undefined;
}

/** A cell of the map, on the input. */
export function cellRect(placement: MapPlacement, row: number, column: number): Rect {
  const { x, y } = mapRect(placement);
  const width = placement.field.columns.stride;
  const height = placement.field.rows.stride;
  return { x: x + column * width, y: y + row * height, width, height };
}

/** The pixels of the input that a cell sees. */
export function seenRect({ field, input }: MapPlacement, row: number, column: number): Rect {
  const x = field.columns.start + column * field.columns.stride;
  const y = field.rows.start + row * field.rows.stride;
  const seen = { x, y, width: field.columns.size, height: field.rows.size };
  return intersection(seen, { x: 0, y: 0, ...input });
}
