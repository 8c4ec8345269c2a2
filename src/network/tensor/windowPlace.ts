import type { Cell } from './cell';
import type { Shape } from './shape';
import type { AxisWindow } from './window';

/** Place of a window on the input map; outside of 0 to height or width it is on the padding. */
export interface WindowPlace {
  readonly top: number;
  readonly left: number;
  /** Elements of the window along each axis. */
  readonly rows: number;
  readonly columns: number;
  /** Cells of the map from one element of the window to the next: more than 1 where it is dilated. */
  readonly rowStep: number;
  readonly columnStep: number;
  /** Of the map that it lies on. */
  readonly height: number;
  readonly width: number;
}

/** The window of one cell on a map of this shape. */
export function windowPlace(
  [height = 0, width = 0]: Shape,
  rows: AxisWindow,
  columns: AxisWindow,
  { row, column }: Pick<Cell, 'row' | 'column'>,
): WindowPlace {
  return {
    top: row * rows.stride - rows.padBefore,
    left: column * columns.stride - columns.padBefore,
    rows: rows.size,
    columns: columns.size,
    rowStep: rows.dilation,
    columnStep: columns.dilation,
    height,
    width,
  };
}

/** How many elements a window has. */
export function windowLength({ rows, columns }: WindowPlace): number {
  return rows * columns;
}

/** Place on the map of a window's element, counted row by row. */
export function elementPlace(
  { top, left, columns, rowStep, columnStep }: WindowPlace,
  place: number,
): { readonly row: number; readonly column: number } {
  return {
    row: top + Math.floor(place / columns) * rowStep,
    column: left + (place % columns) * columnStep,
  };
}

/** Place on the map of a window's middle element. */
export function windowMiddle(window: WindowPlace): {
  readonly row: number;
  readonly column: number;
} {
  const { rows, columns } = window;
  return elementPlace(window, Math.floor(rows / 2) * columns + Math.floor(columns / 2));
}

/** Whether an element of the window, counted row by row, lies outside the map. */
export function isPadding(window: WindowPlace, place: number): boolean {
  const { row, column } = elementPlace(window, place);
  return row < 0 || column < 0 || row >= window.height || column >= window.width;
}
