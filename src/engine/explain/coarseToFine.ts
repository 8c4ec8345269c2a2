/** Cells by row-major index. */
export interface Grid {
  readonly rows: number;
  readonly columns: number;
}

/** The cells of a grid in an order that spreads over all of it at once. */
interface CoarseToFine {
  readonly order: readonly number[];
  /** How many of them, the first ones, have one near every cell. */
  readonly coarse: number;
  /** A cell near this one that is among the first `done` of the order, at least the coarse ones: itself where it is. */
  readonly nearest: (cell: number, done: number) => number;
}

/** Begins with at least three cells along each side of the grid that has as many, and halves the step between them. */
export function coarseToFine({ rows, columns }: Grid): CoarseToFine {
  const most = 2 ** Math.max(0, Math.floor(Math.log2(Math.max(rows, columns) / 3)));
  const places = new Map<number, number>();
  for (let step = most; step >= 1; step /= 2) {
    for (let row = 0; row < rows; row += step) {
      for (let column = 0; column < columns; column += step) {
        const cell = row * columns + column;
        if (!places.has(cell)) places.set(cell, places.size);
      }
    }
  }
  const nearest = (cell: number, done: number): number => {
    const [row, column] = [Math.floor(cell / columns), cell % columns];
    for (let step = 1; ; step *= 2) {
      const near = multiple(row, step, rows) * columns + multiple(column, step, columns);
      if (step >= most || (places.get(near) ?? Infinity) < done) return near;
    }
  };
  const coarse = Math.ceil(rows / most) * Math.ceil(columns / most);
  return { order: [...places.keys()], coarse, nearest };
}

/** The multiple of a step next to a place, below the end. */
function multiple(place: number, step: number, end: number): number {
  const near = Math.round(place / step) * step;
  return near < end ? near : near - step;
}
