import type { Faithfulness, FaithfulnessCurve } from '../../protocol/explanation';
import { svg } from '../draw/element';
import { formatValue } from '../draw/numberFormat';
import { probabilityWords } from '../../protocol/pictureWords';

/** Both curves on one scale, and how their numbers are said. */
export interface Curves {
  readonly deletion: Float32Array;
  readonly insertion: Float32Array;
  readonly areas: { readonly deletion: number; readonly insertion: number };
  /** The scale's ends. */
  readonly low: number;
  readonly high: number;
  readonly words: (value: number) => string;
}

/** Of the class's probability, from 0 to 1, where the target is a class; else of its value. */
export function curvesOf({ deletion, insertion }: Faithfulness): Curves {
  const isOfClass = deletion.probabilities !== undefined && insertion.probabilities !== undefined;
  const [down, up] = [valuesOf(deletion, isOfClass), valuesOf(insertion, isOfClass)];
  const areas = { deletion: areaOf(deletion, isOfClass), insertion: areaOf(insertion, isOfClass) };
  const all = [...down, ...up].filter(Number.isFinite);
  return {
    deletion: down,
    insertion: up,
    areas,
    low: isOfClass ? 0 : Math.min(...all),
    high: isOfClass ? 1 : Math.max(...all),
    words: isOfClass ? probabilityWords : formatValue,
  };
}

/** A curve as a path in a box from 0, 0 to 1, 1, the scale's high end above. */
export function curvePath(
  values: Float32Array,
  { low, high }: Pick<Curves, 'low' | 'high'>,
): string {
  const range = high - low || 1;
  const last = Math.max(1, values.length - 1);
  return Array.from(values, (value, index) => {
    const y = 1 - (value - low) / range;
    return `${index === 0 ? 'M' : 'L'}${(index / last).toFixed(4)} ${y.toFixed(4)}`;
  }).join('');
}

/** Both curves without numbers, for a row of a table. */
export function smallCurves(curves: Curves): SVGSVGElement {
  const { deletion, insertion } = curves;
  const attributes = { viewBox: '0 0 1 1', preserveAspectRatio: 'none', class: 'explain-curves' };
  return svg(
    'svg',
    { ...attributes, role: 'img', 'aria-label': curvesWords(curves) },
    svg('path', { class: 'explain-insertion', d: curvePath(insertion, curves) }),
    svg('path', { class: 'explain-deletion', d: curvePath(deletion, curves) }),
  );
}

/** `Deletion from 98.0 % to 0.1 %, insertion from 0.1 % to 98.0 %`. */
function curvesWords({ deletion, insertion, words }: Curves): string {
  const ends = (values: Float32Array): string =>
    `from ${words(values[0] ?? NaN)} to ${words(values.at(-1) ?? NaN)}`;
  return `Deletion ${ends(deletion)}, insertion ${ends(insertion)}`;
}

function valuesOf({ values, probabilities }: FaithfulnessCurve, isOfClass: boolean): Float32Array {
  return isOfClass && probabilities ? probabilities : values;
}

function areaOf({ area, probabilityArea }: FaithfulnessCurve, isOfClass: boolean): number {
  return isOfClass && probabilityArea !== undefined ? probabilityArea : area;
}
