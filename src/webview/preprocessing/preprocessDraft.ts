import type { Fit, Preprocess } from '../../network/preprocess/preprocess';
import { inverseOf } from './preprocessWords';

/** What stands in the fields of the preprocessing, word for word. */
export interface PreprocessDraft {
  readonly mode: string;
  /** Short side or size, in pixels; of no use when the picture is stretched. */
  readonly side: string;
  readonly filter: string;
  readonly scale: string;
  readonly order: string;
  readonly mean: readonly string[];
  readonly std: readonly string[];
}

/** What a picture is scaled to when nobody said another size: the usual one of ImageNet. */
const usualSide = 256;

/** Settings as they are written into fields. */
export function draftOf({ fit, filter, scale, order, mean, std }: Preprocess): PreprocessDraft {
  return {
    mode: fit.mode,
    side: String(sideOf(fit)),
    filter,
    scale: scaleText(scale),
    order,
    mean: mean.map(String),
    std: std.map(String),
  };
}

/** What fields say, unchecked: a text that is no number stays one, so that the check can name it. */
export function readDraft(draft: PreprocessDraft): unknown {
  const { mode, side, filter, scale, order, mean, std } = draft;
  const size = readNumber(side);
  return {
    fit: { mode, ...(mode === 'crop' && { shortSide: size }), ...(mode === 'warp' && { size }) },
    filter,
    order,
    scale: readNumber(scale),
    mean: mean.map(readNumber),
    std: std.map(readNumber),
  };
}

function sideOf(fit: Fit): number {
  switch (fit.mode) {
    case 'crop':
      return fit.shortSide;
    case 'warp':
      return fit.size;
    case 'stretch':
      return usualSide;
  }
}

/** `1/255` says more than its sixteen digits; it is read back as the very same number. */
function scaleText(scale: number): string {
  const inverse = inverseOf(scale);
  return inverse === undefined ? String(scale) : `1/${inverse}`;
}

function readNumber(text: string): number | string {
  const parts = text.split('/').map((part) => part.trim());
  if (parts.length > 2 || parts.includes('')) return text;
  const [above = NaN, below = 1] = parts.map(Number);
  const value = above / below;
  return Number.isNaN(value) ? text : value;
}
