import type { WindowPlace } from '../../../network/value/windowPlace';

/** Where a window lies: `rows 37 to 47, columns −3 to 7`. */
export function spanWords({ top, left, size }: WindowPlace): string {
  const span = (start: number): string => `${signed(start)} to ${signed(start + size - 1)}`;
  return `rows ${span(top)}, columns ${span(left)}`;
}

function signed(value: number): string {
  return String(value).replace('-', '−');
}
