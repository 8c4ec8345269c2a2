import { fitPlace } from '../../network/preprocess/fitPlace';
import type { Fit } from '../../network/preprocess/preprocess';
import { spanLength, type Area } from '../../network/tensor/span';
import type { Rect, Size } from '../draw/rect';

/** Cells or pixels as a rectangle, each one by one. */
export function areaRect({ rows, columns }: Area): Rect {
  return {
    x: columns.first,
    y: rows.first,
    width: spanLength(columns),
    height: spanLength(rows),
  };
}

/** A rectangle as parts of a whole of this size, from 0 to 1. */
export function partOf({ x, y, width, height }: Rect, whole: Size): Rect {
  return {
    x: x / whole.width,
    y: y / whole.height,
    width: width / whole.width,
    height: height / whole.height,
  };
}

/** A part of a whole, from 0 to 1, where that whole lies. */
export function within({ x, y, width, height }: Rect, whole: Rect): Rect {
  return {
    x: whole.x + x * whole.width,
    y: whole.y + y * whole.height,
    width: width * whole.width,
    height: height * whole.height,
  };
}

/** Pixels of the network's input as a part of the picture that they were made of. */
export function partOfPicture(pixels: Area, picture: Size, fit: Fit, input: Size): Rect {
  const { x, y, width, height } = areaRect(pixels);
  const { toPicture } = fitPlace(picture, fit, input);
  const from = toPicture({ x, y });
  const to = toPicture({ x: x + width, y: y + height });
  const rect = { x: from.x, y: from.y, width: to.x - from.x, height: to.y - from.y };
  return partOf(rect, picture);
}

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
