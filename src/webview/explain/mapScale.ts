import { pack, type ColourTable } from '../draw/colourMap';
import { brokenColour, type Rgb } from '../draw/heatScale';

const steps = 255;

/** As light as each other, so that neither side of zero looks stronger, and neither dark nor pale, to be seen on any picture. */
const [positiveColour, negativeColour] = [
  [238, 62, 44],
  [48, 122, 246],
] as const;

/** A few single pixels go far beyond all others. */
const pixelShare = 0.995;

const known = new Map<number, ColourTable>();

/**
 * Red for what speaks for the target, blue for what speaks against it, by even steps from no colour at all at zero, where
 * the picture shines through. What lies below `threshold`, a share of the scale, has none either.
 */
export function explanationColours(threshold: number): ColourTable {
  const table = known.get(threshold) ?? makeTable(threshold);
  known.set(threshold, table);
  return table;
}

/** The colours of the scale as CSS stops from its negative end to its positive one, zero in the middle. */
export function scaleStops(threshold: number): readonly string[] {
  const { negative, positive } = explanationColours(threshold);
  return [...[...negative].toReversed(), ...positive].map((pixel, index, { length }) => {
    return `${css(pixel)} ${(100 * index) / (length - 1)}%`;
  });
}

/** How far from zero the scale of a map has to go. Of single pixels a few outliers end beyond it. */
export function reachOf(
  values: Float32Array,
  {
    isOfPixels,
    share = isOfPixels ? pixelShare : 1,
  }: { readonly isOfPixels: boolean; readonly share?: number },
): number {
  const sizes = values.filter(Number.isFinite).map(Math.abs).sort();
  return sizes[Math.max(0, Math.ceil(sizes.length * share) - 1)] ?? 0;
}

function makeTable(threshold: number): ColourTable {
  const ramp = (colour: Rgb): Uint32Array =>
    Uint32Array.from({ length: steps + 1 }, (_, step) => {
      const share = step / steps;
      return withAlpha(pack(colour), share < threshold ? 0 : share);
    });
  return {
    kind: 'diverging',
    zero: 0,
    broken: pack(brokenColour),
    positive: ramp(positiveColour),
    negative: ramp(negativeColour),
  };
}

function withAlpha(pixel: number, alpha: number): number {
  return ((Math.round(255 * alpha) << 24) | (pixel & 0xffffff)) >>> 0;
}

function css(pixel: number): string {
  const alpha = (pixel >>> 24) / 255;
  return `rgb(${pixel & 255} ${(pixel >> 8) & 255} ${(pixel >> 16) & 255} / ${alpha.toFixed(3)})`;
}
