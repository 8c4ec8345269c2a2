import { interpolateInferno, interpolateRdBu } from 'd3-scale-chromatic';

/** Which colours a map takes, and the value at their ends. */
export interface HeatScale {
  /** sequential: 0 to `max`. diverging: -`max` to `max`, zero neutral. */
  readonly kind: 'sequential' | 'diverging';
  readonly max: number;
  /** Cells that are NaN or infinite. */
  readonly broken: number;
  /** Every number is zero: nothing in the layer answered. */
  readonly dead: boolean;
}

export type Rgb = readonly [red: number, green: number, blue: number];

/** Magenta is on neither scale, so that it cannot be taken for a value. */
export const brokenColour: Rgb = [255, 0, 255];

const steps = 256;

/** Non-negative maps run from 0 to their maximum; maps with negatives are centred on 0. */
export function heatScale(values: ArrayLike<number>): HeatScale {
  let min = 0;
  let max = 0;
  let broken = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? NaN;
    if (!Number.isFinite(value)) broken++;
    else if (value > max) max = value;
    else if (value < min) min = value;
  }
  const kind = min < 0 ? 'diverging' : 'sequential';
  const reach = Math.max(max, -min);
  return { kind, max: reach, broken, dead: reach === 0 && broken < values.length };
}

/** The scale on which maps can be compared: each colour is the same value in all of them. */
export function commonScale(scales: readonly HeatScale[]): Pick<HeatScale, 'kind' | 'max'> {
  return {
    kind: scales.some(({ kind }) => kind === 'diverging') ? 'diverging' : 'sequential',
    max: scales.reduce((most, { max }) => Math.max(most, max), 0),
  };
}

const tables = {
  sequential: colourTable(interpolateInferno),
  // Blue is cold and negative, red warm and positive: the reverse of ColorBrewer's order.
  diverging: colourTable((t) => interpolateRdBu(1 - t)),
} as const;

/** Where a value stands on its scale, from 0 to 1. */
export function heatPosition({ kind, max }: HeatScale, value: number): number {
  if (kind === 'sequential') return max === 0 ? 0 : value / max;
  return 0.5 + value / (2 * max);
}

/** The colour at a position of a scale, from 0 to 1. */
export function heatColour(kind: HeatScale['kind'], position: number): Rgb {
  const step = Math.round(Math.min(1, Math.max(0, position)) * (steps - 1));
  return tables[kind][step] ?? brokenColour;
}

/** CSS colours along a scale, evenly spaced, for a colour bar. */
export function heatStops(kind: HeatScale['kind'], count: number): readonly string[] {
  return Array.from(
    { length: count },
    (_, index) => `rgb(${heatColour(kind, index / (count - 1)).join(' ')})`,
  );
}

function colourTable(interpolate: (t: number) => string): readonly Rgb[] {
  return Array.from({ length: steps }, (_, step) => parseColour(interpolate(step / (steps - 1))));
}

/** 8-bit RGB of a colour of d3, which gives `#rrggbb` for inferno and `rgb(r, g, b)` for spline scales. */
export function parseColour(text: string): Rgb {
  const parts = text.startsWith('#')
    ? [1, 3, 5].map((start) => parseInt(text.slice(start, start + 2), 16))
    : (text.match(/\d+/g) ?? []).map(Number);
  const [red = 0, green = 0, blue = 0] = parts;
  return [red, green, blue];
}
