/** Things that prefer to stand in one row together. */
export interface Group<T> {
  readonly items: readonly T[];
}

/**
 * Breaks groups into rows as text breaks into lines: between groups where it can, inside one only
 * where the group alone is wider than a row. `widthOf` measures a row.
 */
export function wrapRows<T>(
  groups: readonly Group<T>[],
  width: number,
  widthOf: (items: readonly T[]) => number,
): readonly (readonly T[])[] {
  const rows: T[][] = [];
  let row: T[] = [];
  const flush = (): void => {
    if (row.length > 0) rows.push(row);
    row = [];
  };
  for (const { items } of groups) {
    if (widthOf([...row, ...items]) <= width) {
      row.push(...items);
      continue;
    }
    flush();
    for (const item of items) {
      if (row.length > 0 && widthOf([...row, item]) > width) flush();
      row.push(item);
    }
  }
  flush();
  return rows;
}

/** The same number of rows, with the widest row as narrow as can be: no row is left with a rest. */
export function balanceRows<T>(
  groups: readonly Group<T>[],
  width: number,
  widthOf: (items: readonly T[]) => number,
): readonly (readonly T[])[] {
  let best = wrapRows(groups, width, widthOf);
  const count = best.length;
  for (;;) {
    const narrower = Math.max(...best.map(widthOf)) - 1;
    const next = wrapRows(groups, narrower, widthOf);
    const widest = Math.max(...next.map(widthOf));
    if (next.length > count || widest > narrower || narrower <= 0) return best;
    best = next;
  }
}
