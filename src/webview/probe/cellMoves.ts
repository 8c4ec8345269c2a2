import { clamp } from '../draw/rect';
import type { Cell } from '../draw/channelStats';
import type { Grid } from '../draw/unitGrid';

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
