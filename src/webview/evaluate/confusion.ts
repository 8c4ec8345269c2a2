import type { EvaluatedClass, EvaluationReport } from '../../protocol/evaluation';
import { shortLabel } from '../../protocol/pictureWords';

/** Pictures of one class that were taken for another, or for itself. */
export interface Pair {
  readonly truth: number;
  readonly taken: number;
  readonly count: number;
  /** How many pictures of the true class there are. */
  readonly of: number;
}

/** A class of a row or column; undefined stands for every class that has no column. */
export type MatrixColumn = EvaluatedClass | undefined;

/** Classes against what they were taken for: as many as can be read, those that are confused most. */
export interface Matrix {
  readonly rows: readonly EvaluatedClass[];
  readonly columns: readonly MatrixColumn[];
  /** By row, then column. */
  readonly counts: readonly (readonly number[])[];
}

/** All pairs of classes that occur, the most frequent first. */
export function pairsOf({ classes, confusions }: EvaluationReport): readonly Pair[] {
  const sizes = new Map(classes.map(({ index, pictures }) => [index, pictures]));
  const pairs: Pair[] = [];
  for (let at = 0; at + 2 < confusions.length; at += 3) {
    const [truth = 0, taken = 0, count = 0] = confusions.subarray(at, at + 3);
    pairs.push({ truth, taken, count, of: sizes.get(truth) ?? 0 });
  }
  return pairs.sort((a, b) => b.count - a.count || a.truth - b.truth || a.taken - b.taken);
}

/** The pairs that are mistakes, the most frequent first. */
export function confusedPairs(report: EvaluationReport): readonly Pair[] {
  return pairsOf(report).filter(({ truth, taken }) => truth !== taken);
}

/** The names of all classes that occur, by index. */
export function labelsOf({ classes, otherLabels }: EvaluationReport): ReadonlyMap<number, string> {
  const others = Object.entries(otherLabels).map(
    ([index, label]) => [Number(index), label] as const,
  );
  return new Map([...classes.map(({ index, label }) => [index, label] as const), ...others]);
}

/** Calls a class by the first of its names. */
export function namerOf(report: EvaluationReport): (index: number) => string {
  const labels = labelsOf(report);
  return (index) => shortLabel(labels.get(index) ?? `class ${index}`);
}

/** A matrix of at most so many classes, in the order of their indices; the last column is for all others, where there are any. */
export function matrixOf(report: EvaluationReport, most: number): Matrix {
  const rows = report.classes.length <= most ? report.classes : mostConfused(report, most);
  const places = new Map(rows.map(({ index }, place) => [index, place]));
  const others = rows.length;
  const counts = rows.map(() => Array.from({ length: rows.length + 1 }, () => 0));
  for (const { truth, taken, count } of pairsOf(report)) {
    const row = counts[places.get(truth) ?? -1];
    const column = places.get(taken) ?? others;
    if (row) row[column] = (row[column] ?? 0) + count;
  }
  const hasOthers = counts.some((row) => (row[others] ?? 0) > 0);
  if (hasOthers) return { rows, columns: [...rows, undefined], counts };
  return { rows, columns: rows, counts: counts.map((row) => row.slice(0, others)) };
}

function mostConfused(report: EvaluationReport, most: number): readonly EvaluatedClass[] {
  const own = new Map(report.classes.map((each) => [each.index, each]));
  const chosen = new Set<number>();
  for (const { truth, taken } of confusedPairs(report)) {
    const wanted = [truth, taken].filter((index) => own.has(index) && !chosen.has(index));
    if (chosen.size + wanted.length > most) break;
    for (const index of wanted) chosen.add(index);
  }
  return report.classes.filter(({ index }) => chosen.has(index));
}

/** What classes can be sorted by. */
export type ClassSort = 'label' | 'pictures' | 'top1' | 'top5';

/** How the table of classes is sorted. */
export interface ClassOrder {
  readonly sort: ClassSort;
  readonly descending: boolean;
}

/** The hardest classes come first until a person asks for another order. */
export const firstOrder: ClassOrder = { sort: 'top1', descending: false };

/** As people count: class 2 before class 10. */
const natural = new Intl.Collator('en', { numeric: true });

const orders: Readonly<Record<ClassSort, (a: EvaluatedClass, b: EvaluatedClass) => number>> = {
  label: (a, b) => natural.compare(a.label, b.label),
  pictures: (a, b) => a.pictures - b.pictures,
  top1: (a, b) => share(a, 'top1') - share(b, 'top1'),
  top5: (a, b) => share(a, 'top5') - share(b, 'top5'),
};

/** The classes in an order; equal ones by index. */
export function sortedClasses(
  classes: readonly EvaluatedClass[],
  { sort, descending }: ClassOrder,
): readonly EvaluatedClass[] {
  const sign = descending ? -1 : 1;
  return classes.toSorted((a, b) => sign * orders[sort](a, b) || a.index - b.index);
}

/** A click on a column's head: it sorts by that, then the other way round. */
export function nextOrder({ sort, descending }: ClassOrder, clicked: ClassSort): ClassOrder {
  if (sort === clicked) return { sort, descending: !descending };
  return { sort: clicked, descending: clicked === 'pictures' };
}

function share(each: EvaluatedClass, key: 'top1' | 'top5'): number {
  return each.pictures === 0 ? 0 : each[key] / each.pictures;
}
