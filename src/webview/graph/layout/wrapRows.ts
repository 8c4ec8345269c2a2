/** Measures a row as it grows. */
interface RowRuler<T> {
  /** Begins a row with nothing in it. */
  reset(): void;
  /** The row's width with one thing more. */
  add(item: T): number;
}

/** Rows, by the index behind the last item of each, and the width of each. */
export interface Rows {
  readonly ends: readonly number[];
  readonly widths: readonly number[];
}

/**
 * Breaks items into rows as text breaks into lines: between groups where it can, inside one only where the group alone
 * is wider than a row. `groups` has the index behind the last item of each.
 */
export function wrapRows<T>(
  items: readonly T[],
  groups: readonly number[],
  width: number,
  ruler: RowRuler<T>,
): Rows {
  const ends: number[] = [];
  const widths: number[] = [];
  let rowWidth = 0;
  let first = 0;
  const flush = (at: number): void => {
    if (at > first) {
      ends.push(at);
      widths.push(rowWidth);
    }
    first = at;
    ruler.reset();
  };
  flush(0);
  let from = 0;
  for (const to of groups) {
    let grown = rowWidth;
    for (let at = from; at < to; at++) grown = ruler.add(items[at] as T);
    if (grown <= width) rowWidth = grown;
    else {
      flush(from);
      for (let at = from; at < to; at++) {
        grown = ruler.add(items[at] as T);
        if (at > first && grown > width) {
          flush(at);
          grown = ruler.add(items[at] as T);
        }
        rowWidth = grown;
      }
    }
    from = to;
  }
  flush(from);
  return { ends, widths };
}

/**
 * The same number of rows, with the widest row as narrow as can be: no row is left with a rest. Halves the range of
 * widths, so that it measures every item some thirty times at the most.
 */
export function balanceRows<T>(
  items: readonly T[],
  groups: readonly number[],
  width: number,
  ruler: RowRuler<T>,
): Rows {
  let best = wrapRows(items, groups, width, ruler);
  const count = best.ends.length;
  const widest = ({ widths }: Rows): number => Math.max(0, ...widths);
  let tooNarrow = 0;
  while (widest(best) - 1 > tooNarrow) {
    const half = (tooNarrow + widest(best) - 1) / 2;
    const tried = widest(best) - 1 - tooNarrow > 1 ? half : widest(best) - 1;
    const next = wrapRows(items, groups, tried, ruler);
    if (next.ends.length > count || widest(next) > tried) tooNarrow = tried;
    else best = next;
  }
  return best;
}
