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

/** Rows up to an item: how many, and how uneven they are. */
interface Broken {
  readonly count: number;
  /** The sum of the squares of what each row leaves free, as a part of the width. */
  readonly unevenness: number;
  /** Where the last row begins, and its width. */
  readonly first: number;
  readonly width: number;
}

/**
 * As few rows as `wrapRows` makes, broken at the same kinds of places, as even as can be: no row is left with a rest.
 * Each item is measured about as often as a row has items.
 */
export function balanceRows<T>(
  items: readonly T[],
  groups: readonly number[],
  width: number,
  ruler: RowRuler<T>,
): Rows {
  const breaks = breaksOf(items, groups, width, ruler);
  const best = new Map<number, Broken>([[0, { count: 0, unevenness: 0, first: 0, width: 0 }]]);
  for (let first = 0; first < items.length; first++) {
    const before = best.get(first);
    if (!before) continue;
    ruler.reset();
    for (let end = first + 1; end <= items.length; end++) {
      const rowWidth = ruler.add(items[end - 1] as T);
      if (rowWidth > width && end > first + 1) break;
      const kind = breaks.get(end);
      if (!kind) continue;
      const free = Math.max(0, 1 - rowWidth / width);
      const next = {
        count: before.count + 1,
        unevenness: before.unevenness + free * free,
        first,
        width: rowWidth,
      };
      if (isBetter(next, best.get(end))) best.set(end, next);
      if (kind === 'must') break;
    }
  }
  return traceBack(best, items.length);
}

function isBetter(next: Broken, known: Broken | undefined): boolean {
  if (!known || next.count !== known.count) return !known || next.count < known.count;
  return next.unevenness < known.unevenness;
}

/** Behind which items a row may end, and where it must: before a group that is wider than a row. */
function breaksOf<T>(
  items: readonly T[],
  groups: readonly number[],
  width: number,
  ruler: RowRuler<T>,
): ReadonlyMap<number, 'may' | 'must'> {
  const breaks = new Map<number, 'may' | 'must'>();
  let from = 0;
  for (const to of groups) {
    ruler.reset();
    let alone = 0;
    for (let at = from; at < to; at++) alone = ruler.add(items[at] as T);
    if (alone > width) {
      breaks.set(from, 'must');
      for (let at = from + 1; at < to; at++) breaks.set(at, 'may');
    }
    breaks.set(to, 'may');
    from = to;
  }
  return breaks;
}

function traceBack(best: ReadonlyMap<number, Broken>, count: number): Rows {
  const ends: number[] = [];
  const widths: number[] = [];
  for (let end = count; end > 0;) {
    const row = best.get(end);
    if (!row) throw new Error(`no row ends behind item ${end} of ${count}`);
    ends.unshift(end);
    widths.unshift(row.width);
    end = row.first;
  }
  return { ends, widths };
}
