import {
  interpolateCividis,
  interpolateGreys,
  interpolateInferno,
  interpolatePRGn,
  interpolatePuOr,
  interpolateRdBu,
  interpolateRdGy,
  interpolateViridis,
} from 'd3-scale-chromatic';
import { brokenColour, parseColour, type HeatScale, type Rgb } from './heatScale';

/** Colours for channels: perceptually even from dark to bright, each with its pair for negative values. */
export const colourMapIds = ['inferno', 'viridis', 'cividis', 'grey'] as const;
export type ColourMapId = (typeof colourMapIds)[number];

type Kind = HeatScale['kind'];
type Interpolate = (t: number) => string;

/** Diverging scales run from cold and negative to warm and positive. */
const colours: Readonly<Record<ColourMapId, Readonly<Record<Kind, Interpolate>>>> = {
  inferno: { sequential: interpolateInferno, diverging: (t) => interpolateRdBu(1 - t) },
  viridis: { sequential: interpolateViridis, diverging: interpolatePRGn },
  cividis: { sequential: interpolateCividis, diverging: (t) => interpolatePuOr(1 - t) },
  grey: { sequential: (t) => interpolateGreys(1 - t), diverging: (t) => interpolateRdGy(1 - t) },
};

/** Zero has a colour of its own: nothing that answered, however little, looks like nothing. */
const zeroColours: Readonly<Record<Kind, Rgb>> = {
  sequential: [0, 0, 0],
  diverging: [255, 255, 255],
};
/** The part of a scale next to zero that is left out, to set the smallest values off from it. */
const leftOut: Readonly<Record<Kind, number>> = { sequential: 0.12, diverging: 0.03 };

const steps = 255;

/** Pixels as a canvas takes them, alpha in the highest byte: every machine that VS Code runs on is little-endian. */
export interface ColourTable {
  readonly kind: Kind;
  readonly zero: number;
  readonly broken: number;
  /** From the smallest value to the end of the scale. */
  readonly positive: Uint32Array;
  readonly negative: Uint32Array;
}

const known = new Map<string, ColourTable>();

export function colourTable(map: ColourMapId, kind: Kind): ColourTable {
  const key = `${map} ${kind}`;
  const table = known.get(key) ?? makeTable(map, kind);
  known.set(key, table);
  return table;
}

/** The pixel of a value on a scale that ends `reach` from zero. */
export function colourOf(table: ColourTable, value: number, reach: number): number {
  if (value === 0) return table.zero;
  if (!Number.isFinite(value)) return table.broken;
  const ramp = value > 0 ? table.positive : table.negative;
  const step = reach > 0 ? Math.min(steps, Math.floor((Math.abs(value) / reach) * steps)) : steps;
  return ramp[step] ?? table.broken;
}

/** Parts of a strip of colours, and how wide zero is on it, in percent. */
const parts = 16;
const zeroWidth = { sequential: 4, diverging: 3 } as const;

/** The colours of a strip as CSS stops, from its least value to its greatest; zero has a hard edge. */
export function colourStops(map: ColourMapId, kind: Kind): readonly string[] {
  const table = colourTable(map, kind);
  const width = zeroWidth[kind];
  const zero = css(table.zero);
  const ramp = (from: Uint32Array, start: number, end: number): readonly string[] =>
    Array.from({ length: parts + 1 }, (_, part) => {
      const colour = css(from[Math.round((part / parts) * steps)] ?? table.zero);
      return `${colour} ${start + ((end - start) * part) / parts}%`;
    });
  if (kind === 'sequential')
    return [`${zero} 0%`, `${zero} ${width}%`, ...ramp(table.positive, width, 100)];
  const [before, after] = [50 - width / 2, 50 + width / 2];
  return [
    ...ramp(table.negative, before, 0).toReversed(),
    `${zero} ${before}%`,
    `${zero} ${after}%`,
    ...ramp(table.positive, after, 100),
  ];
}

function makeTable(map: ColourMapId, kind: Kind): ColourTable {
  const colour = colours[map][kind];
  const skip = leftOut[kind];
  const ramp = (from: number, to: number): Uint32Array =>
    Uint32Array.from({ length: steps + 1 }, (_, step) =>
      pack(parseColour(colour(from + ((to - from) * step) / steps))),
    );
  const middle = kind === 'sequential' ? 0 : 0.5;
  return {
    kind,
    zero: pack(zeroColours[kind]),
    broken: pack(brokenColour),
    positive: ramp(middle + skip, 1),
    negative: ramp(middle - skip, 0),
  };
}

/** An opaque pixel. */
export function pack([red, green, blue]: Rgb): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

function css(pixel: number): string {
  return `rgb(${pixel & 255} ${(pixel >> 8) & 255} ${(pixel >> 16) & 255})`;
}
