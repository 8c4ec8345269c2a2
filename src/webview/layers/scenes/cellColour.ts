import { heatColour, type Rgb } from '../../draw/heatScale';

/** How a value is drawn: a colour of the diverging scale and the text colour that is read on it; none for zero. */
export interface CellColour {
  readonly back: Rgb;
  readonly text: 'black' | 'white';
}

/** The largest size among values, at which the scale ends. */
export function reachOf(values: ArrayLike<number>): number {
  let reach = 0;
  for (let at = 0; at < values.length; at++) {
    const size = Math.abs(values[at] ?? 0);
    if (Number.isFinite(size) && size > reach) reach = size;
  }
  return reach;
}

/** Undefined for zero, which stays empty, and for what is no number. */
export function cellColour(value: number, reach: number): CellColour | undefined {
  if (!Number.isFinite(value) || value === 0) return undefined;
  const back = heatColour('diverging', 0.5 + value / (2 * reach));
  return { back, text: luminance(back) > blackIsReadFrom ? 'black' : 'white' };
}

/** Where black and white text have the same contrast (WCAG 2.2, relative luminance). */
const blackIsReadFrom = Math.sqrt(1.05 * 0.05) - 0.05;

function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
