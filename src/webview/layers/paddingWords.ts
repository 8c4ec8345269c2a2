import type { Padding } from '../../network/layer';
import { slideWindow } from '../../network/window';

interface Sliding {
  readonly size: number;
  readonly stride: number;
  readonly padding: Padding;
  readonly ceil?: boolean;
}

/** A window's padding with the zeros it really adds: `same (3 before, 4 after)`. */
export function paddingWords(input: number, settings: Sliding): string {
  const { padBefore, padAfter } = slideWindow(input, settings);
  const name =
    typeof settings.padding === 'number' ? `${settings.padding} on every side` : settings.padding;
  if (padBefore === 0 && padAfter === 0) return `${name} (none)`;
  const even = padBefore === padAfter;
  if (even && typeof settings.padding === 'number') return name;
  return even
    ? `${name} (${padBefore} on every side)`
    : `${name} (${padBefore} before, ${padAfter} after)`;
}
