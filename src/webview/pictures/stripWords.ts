import type { StripItem } from '../../protocol/pictureStrip';
import { formatCount } from '../facts/numberFormat';

/** What stands under a thumbnail: two short lines. */
export interface ItemWords {
  readonly line: string;
  readonly note: string;
  /** The label says nothing: the weights were never trained. */
  readonly struck: boolean;
}

const notes = { waiting: 'not yet', running: 'running…', done: '', failed: 'failed' } as const;

export function itemWords({ name, status, result }: StripItem): ItemWords {
  if (result && status === 'done') {
    const [shortest = ''] = result.label.split(',');
    return { line: shortest, note: percent(result.probability), struck: !result.trained };
  }
  return { line: name.split(/[\\/]/).at(-1) ?? name, note: notes[status], struck: false };
}

/** A picture as a screen reader says it: `cat.jpg, tabby, tabby cat 63.2 %, 3 of 12`. */
export function itemName(item: StripItem, index: number, count: number): string {
  return `${item.name}, ${finding(item)}, ${placeWords(index, count)}`;
}

/** What a pointer is told: all that has no room. */
export function itemTitle(item: StripItem): string {
  return `${item.name}\n${finding(item)}`;
}

export function placeWords(index: number, count: number): string {
  return `${formatCount(index + 1)} of ${formatCount(count)}`;
}

/** Where the person is among the pictures; how many there are where they are at none. */
export function stripPlace(index: number, count: number): string {
  return index < 0 ? `${formatCount(count)} pictures` : placeWords(index, count);
}

export function leftOutWords(count: number, leftOut: number): string {
  return leftOut > 0 ? `first ${formatCount(count)} of ${formatCount(count + leftOut)}` : '';
}

function finding({ status, result, why }: StripItem): string {
  if (status === 'failed') return `failed: ${why ?? ''}`;
  if (status === 'running') return 'running';
  if (!result) return 'not classified yet';
  const untrained = result.trained ? '' : ', untrained';
  return `${result.label} ${percent(result.probability)}${untrained}`;
}

function percent(probability: number): string {
  return `${(100 * probability).toFixed(1)} %`;
}
