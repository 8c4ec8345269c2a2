import type { Grid, MapCell } from './grid';
import { clamp } from './rect';

type Move = readonly [rows: number, columns: number];

const arrows: Readonly<Record<string, Move>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

export function isArrow(key: string): boolean {
  return key in arrows;
}

/** The cell after an arrow (`steps` cells on), Home or End (the ends of the row); undefined for other keys. */
export function cellAfterKey(
  key: string,
  { row, column }: MapCell,
  { rows, columns }: Grid,
  steps = 1,
): MapCell | undefined {
  if (key === 'Home') return { row, column: 0 };
  if (key === 'End') return { row, column: columns - 1 };
  const move = arrows[key];
  if (!move) return undefined;
  return {
    row: clamp(row + steps * move[0], 0, rows - 1),
    column: clamp(column + steps * move[1], 0, columns - 1),
  };
}

/** Items in reading order. */
interface Items {
  readonly count: number;
  /** Items in a row; all of them unless said otherwise. */
  readonly columns?: number;
  /** Past the last comes the first. */
  readonly wraps?: boolean;
}

/** The item after an arrow (the neighbour), Home (the first) or End (the last); undefined for other keys. */
export function itemAfterKey(
  key: string,
  at: number,
  { count, columns = count, wraps = false }: Items,
): number | undefined {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const [down, right] = arrows[key] ?? [0, 0];
  // One row has nothing above or below it, one column nothing beside it: the page may scroll.
  if (down === 0 ? right === 0 || columns === 1 : columns >= count) return undefined;
  const next = at + down * columns + right;
  if (wraps) return (next + count) % count;
  if (down === 0) return clamp(next, 0, count - 1);
  return next >= 0 && next < count ? next : at;
}
