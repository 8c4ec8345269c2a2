import { nearView } from '../draw/nearView';

/** Of one picture in the strip, in pixels; the style sheet has the same. */
export const itemWidth = 96;
/** From one picture to the next. */
export const itemPitch = 104;

/** Drawn beyond each edge, so that a scroll meets no gap. */
const spare = 4;

interface StripView {
  /** How far the strip is scrolled, in pixels. */
  readonly scroll: number;
  /** What is visible of it, in pixels. */
  readonly width: number;
}

/** The pictures in or near view: from `first` up to, not with, `end`. */
export function picturesNearView(
  { scroll, width }: StripView,
  count: number,
): { readonly first: number; readonly end: number } {
  return nearView({ scroll, size: width }, { count, pitch: itemPitch, spare });
}

/** The least scroll that brings a picture and a glimpse of its neighbours into view. */
export function scrollToShow({ scroll, width }: StripView, index: number): number {
  const glimpse = Math.max(0, Math.min(itemWidth / 2, (width - itemWidth) / 2));
  const start = index * itemPitch - glimpse;
  const end = index * itemPitch + itemWidth + glimpse;
  if (start < scroll) return Math.max(0, start);
  return end > scroll + width ? Math.min(start, end - width) : scroll;
}
