import { valueIndex } from '../tensor/cell';
import { clampTo } from '../tensor/span';
import { type CellShare, inputShapeOf, type SettingsOf } from './layer';
import type { AxisWindow } from '../tensor/window';
import type { LayerRule } from './layerRule';
import { mapInput, pairWords, wantWhole } from './layerRule';

/** Another height and width, as TensorFlow resizes pictures: the middles of cells are laid over each other. */
export const resize: LayerRule<'Resize'> = {
  arity: 'one',
  outputShape({ size }, inputs) {
    const [, , channels] = mapInput('Resize', inputs);
    wantWhole('size', ...size);
    return [...size, channels];
  },
  window({ size, interpolation, shares }, side, axis) {
    const cells = size[axis];
    const stride = side / cells;
    if (shares) return sharesWindow(shares[axis], side);
    const isNear = interpolation === 'nearest';
    const padBefore = isNear ? -stride / 2 : (1 - stride) / 2;
    return { size: isNear ? 1 : 2, stride, dilation: 1, padBefore, padAfter: 0, cells };
  },
  operands(layer, { row, column, channel }, { inputs: [input = new Float32Array()] }) {
    const shape = inputShapeOf(layer);
    const rows = placesOf(layer, shape[0] ?? 0, 0, row);
    const columns = placesOf(layer, shape[1] ?? 0, 1, column);
    const places = rows.flatMap((down) =>
      columns.map((across) => ({
        cell: { row: down.at, column: across.at, channel },
        share: down.share * across.share,
      })),
    );
    const values = places.map(({ cell }) => input[valueIndex(layer.name, shape, cell)] ?? NaN);
    return {
      kind: 'Resize',
      inputs: Float32Array.from(values),
      shares: places.map(({ share }) => share),
      first: places[0]?.cell ?? { row: 0, column: 0, channel },
    };
  },
  words: ({ size, interpolation, shares }) => [
    { term: 'Size', value: pairWords(size) },
    { term: 'Interpolation', value: shares ? 'as its file says' : interpolation },
  ],
};

/** The widest reach of a cell; where their places drift, of all of them. */
function sharesWindow(shares: readonly (readonly CellShare[])[], side: number): AxisWindow {
  const stride = side / shares.length;
  const places = shares.flatMap((cell, row) => cell.map(({ at }) => at - row * stride));
  const first = Math.floor(Math.min(...places, 0));
  const size = Math.ceil(Math.max(...places, 0)) - first + 1;
  return { size, stride, dilation: 1, padBefore: -first, padAfter: 0, cells: shares.length };
}

/** The cells of an axis that one cell of the result is made of. */
function placesOf(
  { size, interpolation, shares }: SettingsOf<'Resize'>,
  side: number,
  axis: 0 | 1,
  cell: number,
): readonly CellShare[] {
  if (shares) return shares[axis][cell] ?? [];
  const middle = ((cell + 0.5) * side) / size[axis];
  const within = { first: 0, last: side - 1 };
  if (interpolation === 'nearest') return [{ at: clampTo(within, Math.floor(middle)), share: 1 }];
  const before = Math.floor(middle - 0.5);
  const after = middle - 0.5 - before;
  const both = [
    { at: clampTo(within, before), share: 1 - after },
    { at: clampTo(within, before + 1), share: after },
  ];
  return both.filter(({ share }) => share > 0);
}
