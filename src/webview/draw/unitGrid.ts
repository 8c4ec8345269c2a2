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
