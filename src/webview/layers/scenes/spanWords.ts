import { isPadding, windowLength, type WindowPlace } from '../../../network/tensor/windowPlace';

/** Where a window lies: `rows 37 to 47, columns −3 to 7; hatched: padding`. */
export function spanWords(window: WindowPlace): string {
  const { top, left, rows, columns, rowStep, columnStep } = window;
  const span = (start: number, size: number, step: number): string =>
    `${signed(start)} to ${signed(start + (size - 1) * step)}`;
  const places = [...Array(windowLength(window)).keys()];
  const padding = places.some((place) => isPadding(window, place)) ? '; hatched: padding' : '';
  return `rows ${span(top, rows, rowStep)}, columns ${span(left, columns, columnStep)}${padding}`;
}

function signed(value: number): string {
  return String(value).replace('-', '−');
}
