import { cellAt, valueIndex } from '../tensor/cell';
import { NetworkError } from '../tensor/networkError';
import type { Axis } from '../tensor/window';
import { inputShapeOf, type LayerOf, type SettingsOf } from './layer';
import type { LayerRule } from './layerRule';
import { mapInput, wantPadding } from './layerRule';

/** Zeros around a map, or another number, or its own cells once more. */
export const zeroPadding2d: LayerRule<'ZeroPadding2D'> = {
  arity: 'one',
  outputShape(settings, inputs) {
    const [height, width, channels] = mapInput('ZeroPadding2D', inputs);
    const { padding, fill } = settings;
    wantPadding(padding);
    const [[top, bottom], [left, right]] = padding;
    if (fill === 'reflect') wantRoom(settings, [height, width]);
    return [height + top + bottom, width + left + right, channels];
  },
  window({ padding, fill }, side, axis) {
    const [padBefore, padAfter] = padding[axis];
    const cells = side + padBefore + padAfter;
    // Cells that stand there once more come from anywhere nearby.
    const reach = typeof fill === 'string' ? 2 * Math.max(padBefore, padAfter) : 0;
    const around = { padBefore: padBefore + reach, padAfter: padAfter + reach };
    return { size: 1 + 2 * reach, stride: 1, dilation: 1, ...around, cells };
  },
  operands(layer, { index }, { inputs: [input = new Float32Array()] }) {
    const shape = inputShapeOf(layer);
    const cell = cellAt(layer.outputShape, index);
    const [row, column] = [placeOf(layer, 0, cell.row), placeOf(layer, 1, cell.column)];
    const { kind, fill } = layer;
    if (row === undefined || column === undefined) {
      const number = typeof fill === 'number' ? { fill } : {};
      return { kind, inputs: new Float32Array(), input: 0, from: undefined, ...number };
    }
    const from = { ...cell, row, column };
    const at = valueIndex(layer.name, shape, from);
    return { kind, inputs: input.slice(at, at + 1), input: 0, from };
  },
  words({ padding: [[top, bottom], [left, right]], fill = 0 }) {
    const isEven = top === bottom && top === left && top === right;
    const value = isEven
      ? `${top} on every side`
      : `${top} above, ${bottom} below, ${left} left, ${right} right`;
    const filled = fill === 0 ? [] : [{ term: 'Filled with', value: fillWords(fill) }];
    return [{ term: 'Padding', value }, ...filled];
  },
  title: ({ fill = 0 }) => (fill === 0 ? 'ZeroPadding2D' : 'Padding2D'),
};

type Fill = NonNullable<SettingsOf<'ZeroPadding2D'>['fill']>;

const fills: Readonly<Record<Exclude<Fill, number>, string>> = {
  reflect: 'the map, mirrored',
  edge: 'the outermost cells',
  wrap: 'the map’s other end',
};

function fillWords(fill: Fill): string {
  return typeof fill === 'number' ? String(fill) : fills[fill];
}

/** A mirror shows every cell but the outermost. */
function wantRoom(
  { padding }: SettingsOf<'ZeroPadding2D'>,
  sides: readonly [height: number, width: number],
): void {
  for (const axis of [0, 1] as const) {
    const most = Math.max(...padding[axis]);
    if (most < sides[axis]) continue;
    throw new NetworkError(`${most} cells mirrored of ${sides[axis]}: at most ${sides[axis] - 1}`);
  }
}

/** For each cell along an axis, which of the map's own it is: where the padding is filled with these. */
export function filledPlaces(
  { padding, fill }: SettingsOf<'ZeroPadding2D'>,
  side: number,
  axis: Axis,
): readonly number[] {
  const [before, after] = padding[axis];
  return Array.from({ length: before + side + after }, (_, cell) => {
    const place = cell - before;
    if (fill === 'wrap') return ((place % side) + side) % side;
    if (fill === 'edge') return Math.min(side - 1, Math.max(0, place));
    const mirrored = Math.abs(place);
    return mirrored < side ? mirrored : 2 * (side - 1) - mirrored;
  });
}

/** The place along an axis that a cell's value comes from; undefined where it is the padding's own. */
function placeOf(layer: LayerOf<'ZeroPadding2D'>, axis: Axis, cell: number): number | undefined {
  const side = inputShapeOf(layer)[axis] ?? 0;
  if (typeof layer.fill === 'string') return filledPlaces(layer, side, axis)[cell];
  const place = cell - layer.padding[axis][0];
  return place >= 0 && place < side ? place : undefined;
}
