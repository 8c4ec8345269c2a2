import type { Point } from '../../network/fitPlace';
import { clamp } from '../draw/rect';
import type { Cell } from '../draw/channelStats';
import type { Grid } from '../draw/unitGrid';

/** The cell of a grid at a place from 0 to 1. */
export function cellOfGrid({ rows, columns }: Grid, { x, y }: Point): Cell {
  return {
    row: clamp(Math.floor(y * rows), 0, rows - 1),
    column: clamp(Math.floor(x * columns), 0, columns - 1),
  };
}
