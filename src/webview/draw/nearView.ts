import { clamp } from './rect';

/** A part of a long row or column that is in sight, in pixels along it. */
export interface Sight {
  readonly scroll: number;
  /** How much of it is visible. */
  readonly size: number;
}

/** Things of one size, one after the other; `spare` more are drawn at each end, so that a scroll meets no gap. */
interface Things {
  readonly count: number;
  /** From one to the next, in pixels. */
  readonly pitch: number;
  readonly spare: number;
}

/** The things in or near view: from `first` up to, not with, `end`. */
export function nearView(
  { scroll, size }: Sight,
  { count, pitch, spare }: Things,
): { readonly first: number; readonly end: number } {
  const first = Math.floor(scroll / pitch) - spare;
  const end = Math.ceil((scroll + size) / pitch) + spare;
  return { first: clamp(first, 0, count), end: clamp(end, 0, count) };
}
