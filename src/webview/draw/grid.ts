import type { Point } from '../../network/preprocess/fitPlace';
import { clamp } from './rect';
import type { Cell } from './channelStats';

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
export function cellOfGrid({ rows, columns }: Grid, { x, y }: Point): Cell {
  return {
    row: clamp(Math.floor(y * rows), 0, rows - 1),
    column: clamp(Math.floor(x * columns), 0, columns - 1),
  };
}

export type CellMove = readonly [rows: number, columns: number];

export const cellMoves: Readonly<Record<string, CellMove>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** So many steps on, and no further than the last cell. */
export function movedCell({ row, column }: Cell, move: CellMove, grid: Grid, steps = 1): Cell {
  return {
    row: clamp(row + steps * move[0], 0, grid.rows - 1),
    column: clamp(column + steps * move[1], 0, grid.columns - 1),
  };
}

export function middleCell({ rows, columns }: Grid): Cell {
  return { row: Math.floor(rows / 2), column: Math.floor(columns / 2) };
}
