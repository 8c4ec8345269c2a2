import type { CellShare } from '../../../network/layers/layer';
import { NetworkError } from '../../../network/tensor/networkError';

/** How an operator resizes, in ONNX' words. */
export interface ResizeWay {
  readonly mode: string;
  readonly coordinates: string;
  readonly nearest: string;
  readonly cubic: number;
  readonly excludesOutside: boolean;
  readonly isAntialiased: boolean;
  readonly outside: number;
  /** Into how many parts a cell is divided where places are rounded, as TensorFlow's cubic ones are. */
  readonly parts?: number;
}

/** One axis: `side` cells become `size`. */
interface AxisTarget {
  readonly side: number;
  readonly size: number;
  readonly scale: number;
  readonly roi: readonly [start: number, end: number];
}

/** Bound of what is kept of an axis. */
const mostCells = 4096;
/** Bound of cells that are smoothed, each of which has a share in several of the result. */
const mostSmoothed = 2 ** 16;

/** For each cell of the result the cells that it is made of, and by what share (ONNX, Resize). */
export function axisShares(way: ResizeWay, axis: AxisTarget): readonly (readonly CellShare[])[] {
  if (!(axis.size >= 1 && axis.size <= mostCells)) {
    throw new NetworkError(
      `it makes ${axis.side} cells ${axis.size}; 1 to ${mostCells} are known here`,
    );
  }
  if (way.isAntialiased && axis.side > mostSmoothed) {
    throw new NetworkError(`it smooths ${axis.side} cells; ${mostSmoothed} at most are known here`);
  }
  return Array.from({ length: axis.size }, (_, cell) => {
    const place = rounded(placeOf(way.coordinates, axis, cell), way.parts);
    const isOutside =
      way.coordinates === 'tf_crop_and_resize' && (place < 0 || place > axis.side - 1);
    if (isOutside && way.outside !== 0) {
      throw new NetworkError(`what lies outside is ${way.outside}; 0 is known here`);
    }
    return isOutside ? [] : sharesAt(way, axis, place);
  });
}

function rounded(place: number, parts: number | undefined): number {
  if (parts === undefined) return place;
  const whole = Math.floor(place);
  return whole + Math.round((place - whole) * parts) / parts;
}

function placeOf(
  coordinates: string,
  { side, size, scale, roi: [start, end] }: AxisTarget,
  cell: number,
): number {
  switch (coordinates) {
    case 'half_pixel':
      return (cell + 0.5) / scale - 0.5;
    case 'pytorch_half_pixel':
      return size > 1 ? (cell + 0.5) / scale - 0.5 : 0;
    case 'half_pixel_symmetric': {
      const adjusted = size / (scale * side);
      const offset = (side / 2) * (1 - adjusted);
      return offset + (cell + 0.5) / scale - 0.5;
    }
    case 'asymmetric':
      return cell / scale;
    case 'align_corners':
      return size > 1 ? (cell * (side - 1)) / (size - 1) : 0;
    case 'tf_crop_and_resize':
      return size > 1
        ? start * (side - 1) + (cell * (end - start) * (side - 1)) / (size - 1)
        : 0.5 * (start + end) * (side - 1);
    default:
      throw new NetworkError(
        `it lays cells over each other by ${coordinates}, which is not known here`,
      );
  }
}

function sharesAt(
  way: ResizeWay,
  { side, scale }: AxisTarget,
  place: number,
): readonly CellShare[] {
  if (way.mode === 'nearest') {
    return [{ at: Math.min(side - 1, Math.max(0, nearestOf(way.nearest, place))), share: 1 }];
  }
  if (way.mode !== 'linear' && way.mode !== 'cubic') {
    throw new NetworkError(`it resizes by ${way.mode}, which is not known here`);
  }
  // Smoothed over as many cells as one of the result stands for.
  const wide = way.isAntialiased ? Math.max(1, 1 / scale) : 1;
  const reach = (way.mode === 'cubic' ? 2 : 1) * wide;
  const weigh = way.mode === 'cubic' ? cubic(way.cubic) : linear;
  const shares: CellShare[] = [];
  for (
    let at = Math.floor(place - reach) + 1;
    at <= Math.ceil(place + reach) - 1 || at <= Math.floor(place);
    at++
  ) {
    const share = weigh((at - place) / wide);
    if (share === 0) continue;
    const isInside = at >= 0 && at < side;
    if (isInside) shares.push({ at, share });
    else if (!way.excludesOutside) shares.push({ at: Math.min(side - 1, Math.max(0, at)), share });
  }
  const sum = shares.reduce((total, { share }) => total + share, 0);
  return shares.map(({ at, share }) => ({ at, share: share / sum }));
}

function nearestOf(way: string, place: number): number {
  switch (way) {
    case 'floor':
      return Math.floor(place);
    case 'ceil':
      return Math.ceil(place);
    case 'round_prefer_ceil':
      return Math.floor(place + 0.5);
    default:
      return Math.ceil(place - 0.5);
  }
}

function linear(distance: number): number {
  return Math.max(0, 1 - Math.abs(distance));
}

/** Keys' kernel (1981, equation 4). */
function cubic(a: number) {
  return (distance: number): number => {
    const x = Math.abs(distance);
    if (x <= 1) return (a + 2) * x ** 3 - (a + 3) * x ** 2 + 1;
    return x < 2 ? a * x ** 3 - 5 * a * x ** 2 + 8 * a * x - 4 * a : 0;
  };
}
