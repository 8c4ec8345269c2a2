import type { StripItem } from '../../protocol/pictureStrip';
import { pictureName, probabilityWords, shortLabel } from '../../protocol/pictureWords';
import { formatCount } from '../draw/numberFormat';

/** What stands under a thumbnail: two short lines. */
export interface ItemWords {
  readonly line: string;
  readonly note: string;
  /** The label is struck through, because the weights are untrained. */
  readonly struck: boolean;
}

const notes = { waiting: 'not yet', running: 'running…', done: '', failed: 'failed' } as const;

export function itemWords({ name, status, result }: StripItem): ItemWords {
  if (result && status === 'done') {
    const line = shortLabel(result.label);
    return { line, note: probabilityWords(result.probability), struck: !result.trained };
  }
  return { line: pictureName(name), note: notes[status], struck: false };
}

/** A picture as a screen reader says it, with what is read under it: `cat.jpg, tabby 63.2 %, 3 of 12`. */
export function itemName(item: StripItem, index: number, count: number): string {
  return `${brief(item)}, ${placeWords(index, count)}`;
}

/** What a pointer is told: all that has no room. */
export function itemTitle(item: StripItem): string {
  const { name, status, result } = item;
  if (status !== 'done' || !result) return brief(item);
  return `${name}\n${result.label} ${probabilityWords(result.probability)}${untrained(result)}`;
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

function brief(item: StripItem): string {
  const { name, status, result, why } = item;
  const { line, note } = itemWords(item);
  if (status === 'done' && result) return `${name}, ${line} ${note}${untrained(result)}`;
  const more = { waiting: ' classified', failed: `: ${why ?? ''}`, running: '', done: '' }[status];
  return `${name} ${note}${more}`;
}

function untrained({ trained }: NonNullable<StripItem['result']>): string {
  return trained ? '' : ', untrained';
}
