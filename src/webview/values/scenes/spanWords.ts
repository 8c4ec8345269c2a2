import { isPadding, type WindowPlace } from '../../../network/value/windowPlace';

/** Where a window lies: `rows 37 to 47, columns −3 to 7; hatched: padding`. */
export function spanWords(window: WindowPlace): string {
  const { top, left, size } = window;
  const span = (start: number): string => `${signed(start)} to ${signed(start + size - 1)}`;
  const places = [...Array(size * size).keys()];
  const padding = places.some((place) => isPadding(window, place)) ? '; hatched: padding' : '';
  return `rows ${span(top)}, columns ${span(left)}${padding}`;
}

function signed(value: number): string {
  return String(value).replace('-', '−');
}
