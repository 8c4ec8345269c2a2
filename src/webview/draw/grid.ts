import type { Point } from '../../network/preprocess/fitPlace';
import type { Cell } from '../../network/tensor/cell';
import { clamp } from './rect';

/** A place of one channel's map. */
export type MapCell = Pick<Cell, 'row' | 'column'>;

/** Rows and columns of cells. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
}

/** A list of units as a near-square grid, filled row by row; the last row may end early. */
export function unitGrid(units: number): Grid {
  const columns = Math.max(1, Math.ceil(Math.sqrt(units)));
  return { columns, rows: Math.max(1, Math.ceil(units / columns)) };
}

/** The cell of a grid at a place from 0 to 1. */
export function cellOfGrid({ rows, columns }: Grid, { x, y }: Point): MapCell {
  return {
    row: clamp(Math.floor(y * rows), 0, rows - 1),
    column: clamp(Math.floor(x * columns), 0, columns - 1),
  };
}

export function middleCell({ rows, columns }: Grid): MapCell {
  return { row: Math.floor(rows / 2), column: Math.floor(columns / 2) };
}
