/** Ranks of values, less their mean; undefined where they have no order: all the same, or one of them NaN. */
export type Ranks = Float64Array | undefined;

/** Equal values share the mean of their ranks. */
export function ranksOf(values: Float32Array): Ranks {
  if (values.some(Number.isNaN)) return undefined;
  const sorted = Float32Array.from(values).sort();
  if (sorted.length === 0 || sorted[0] === sorted.at(-1)) return undefined;
  const middle = (sorted.length - 1) / 2;
  const rankOf = new Map<number, number>();
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    const value = sorted[from] ?? NaN;
    while (to < sorted.length && sorted[to] === value) to++;
    rankOf.set(value, (from + to - 1) / 2 - middle);
  }
  return Float64Array.from(values, (value) => rankOf.get(value) ?? NaN);
}

/** Spearman's rank correlation, from -1 to 1: Pearson's of the ranks. */
export function rankCorrelation(a: Ranks, b: Ranks): number | undefined {
  if (!a || !b) return undefined;
  let [both, ofA, ofB] = [0, 0, 0];
  for (let at = 0; at < a.length; at++) {
    const [x, y] = [a[at] ?? NaN, b[at] ?? NaN];
    both += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return both / Math.sqrt(ofA * ofB);
}
