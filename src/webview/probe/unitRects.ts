import type { Area } from '../../network/span';
import { spanLength } from '../../network/span';
import type { Rect } from '../draw/rect';

/** A flat list's numbers that stand for these cells, on a grid that is filled row by row; in cells of the grid. */
export function unitRects(
  { rows, columns }: Area,
  cells: { readonly columns: number; readonly depth: number },
  gridColumns: number,
): readonly Rect[] {
  // Where whole rows are meant, the next row goes on where one ends.
  const whole = spanLength(columns) === cells.columns;
  const runs = whole ? 1 : spanLength(rows);
  const length = (whole ? spanLength(rows) : 1) * spanLength(columns) * cells.depth;
  return Array.from({ length: runs }, (_, run) => {
    const first = ((rows.first + run) * cells.columns + columns.first) * cells.depth;
    return runRects(first, first + length, gridColumns);
  }).flat();
}

/** From one number up to another, on the grid: the rest of a row, whole rows, the start of a row. */
function runRects(from: number, to: number, columns: number): readonly Rect[] {
  const rects: Rect[] = [];
  for (let at = from; at < to;) {
    const y = Math.floor(at / columns);
    const x = at % columns;
    const wholeRows = x === 0 ? Math.floor((to - at) / columns) : 0;
    const width = wholeRows > 0 ? columns : Math.min(columns - x, to - at);
    const height = Math.max(1, wholeRows);
    rects.push({ x, y, width, height });
    at += width * height;
  }
  return rects;
}
