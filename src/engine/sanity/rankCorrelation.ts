/** Ranks of values, less their mean; undefined where they have no order: all the same, or one of them NaN. */
export type Ranks = Float64Array | undefined;

/** Equal values share the mean of their ranks. */
export function ranksOf(values: Float32Array): Ranks {
  if (values.some(Number.isNaN)) return undefined;
  const sorted = Float32Array.from(values).sort();
  if (sorted.length === 0 || sorted[0] === sorted.at(-1)) return undefined;
  const middle = (sorted.length - 1) / 2;
  const ranks = new Float64Array(sorted.length);
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to] === sorted[from]) to++;
    ranks.fill((from + to - 1) / 2 - middle, from, to);
  }
  return Float64Array.from(values, (value) => ranks[firstPlace(sorted, value)] ?? NaN);
}

/** Where the first of a value's equals stands. */
function firstPlace(sorted: Float32Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
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
