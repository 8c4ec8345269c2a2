import type { StripItem, StripStatus } from '../../protocol/pictureStrip';
import { formatCount } from '../draw/numberFormat';
import type { ResultSort, ResultsLook } from '../state/resultsLook';

/** As people count: 2.png before 10.png. */
const natural = new Intl.Collator('en', { numeric: true });

/** What needs a look comes first. */
const statusOrder: Readonly<Record<StripStatus, number>> = {
  failed: 0,
  running: 1,
  waiting: 2,
  done: 3,
};

/** Negative, zero or positive as the first goes before, with or after the second. */
type Order = (a: StripItem, b: StripItem) => number;

const orders: Readonly<Record<ResultSort, Order>> = {
  place: () => 0,
  name: (a, b) => natural.compare(a.name, b.name),
  label: (a, b) => natural.compare(a.result?.label ?? '', b.result?.label ?? ''),
  probability: (a, b) => (a.result?.probability ?? 0) - (b.result?.probability ?? 0),
  status: (a, b) => statusOrder[a.status] - statusOrder[b.status],
};

/** The pictures that the person wants to see, in their order; those without a result end an order of results. */
export function resultRows(items: readonly StripItem[], look: ResultsLook): readonly StripItem[] {
  const { sort, descending } = look;
  const wanted = items.filter((item) => isWanted(item, look));
  if (sort === 'place') return descending ? wanted.reverse() : wanted;
  const sign = descending ? -1 : 1;
  const needsResult = sort === 'label' || sort === 'probability';
  return wanted.sort(
    (a, b) =>
      (needsResult ? Number(!a.result) - Number(!b.result) : 0) || sign * orders[sort](a, b),
  );
}

function isWanted(
  { name, status, result }: StripItem,
  { text, failedOnly, label }: ResultsLook,
): boolean {
  if (failedOnly && status !== 'failed') return false;
  if (label !== undefined && result?.index !== label) return false;
  const said = `${name} ${result?.label ?? ''}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word));
}

/** A click on a column's head: it sorts by that, then the other way round, then as the strip is. */
export function nextSort(
  { sort, descending }: ResultsLook,
  clicked: ResultSort,
): Pick<ResultsLook, 'sort' | 'descending'> {
  // The surest are looked for first, and names from A.
  const first = clicked === 'probability';
  if (sort !== clicked) return { sort: clicked, descending: first };
  return descending === first ? { sort, descending: !first } : { sort: 'place', descending: false };
}

/** A class that some of the pictures were taken for. */
export interface FoundLabel {
  readonly index: number;
  readonly label: string;
  readonly count: number;
}

/** The classes that the pictures were taken for, the most frequent first; equal ones by name. */
export function foundLabels(items: readonly StripItem[]): readonly FoundLabel[] {
  const found = new Map<number, FoundLabel>();
  for (const { result } of items) {
    if (!result) continue;
    const { index, label } = result;
    found.set(index, { index, label, count: (found.get(index)?.count ?? 0) + 1 });
  }
  return [...found.values()].sort((a, b) => b.count - a.count || natural.compare(a.label, b.label));
}

/** How many are through: `11 of 30 done, 1 of them failed`. */
export function progressWords(items: readonly StripItem[]): string {
  const { ended, failed } = counts(items);
  const note = failed > 0 ? `, ${formatCount(failed)} of them failed` : '';
  return `${formatCount(ended)} of ${formatCount(items.length)} done${note}`;
}

export function counts(items: readonly StripItem[]): {
  readonly ended: number;
  readonly failed: number;
} {
  const of = (wanted: StripStatus): number =>
    items.filter(({ status }) => status === wanted).length;
  const failed = of('failed');
  return { ended: of('done') + failed, failed };
}

/** The folder, with its slash, that all pictures lie in; empty where there is none. */
export function commonFolder(items: readonly StripItem[]): string {
  const folders = items.map(({ name }) => name.slice(0, name.lastIndexOf('/') + 1));
  const [first = ''] = folders;
  const parts = first.split('/').slice(0, -1);
  const shared = parts.map((_, index) => `${parts.slice(0, index + 1).join('/')}/`);
  return shared.findLast((path) => folders.every((folder) => folder.startsWith(path))) ?? '';
}
