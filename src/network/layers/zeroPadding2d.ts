import { cellAt, valueIndex } from '../tensor/cell';
import { inputShapeOf } from './layer';
import type { LayerRule } from './layerRule';
import { mapInput, wantPadding } from './layerRule';

/** Zeros around a map. */
export const zeroPadding2d: LayerRule<'ZeroPadding2D'> = {
  arity: 'one',
  outputShape({ padding }, inputs) {
    const [height, width, channels] = mapInput('ZeroPadding2D', inputs);
    wantPadding(padding);
    const [[top, bottom], [left, right]] = padding;
    return [height + top + bottom, width + left + right, channels];
  },
  window({ padding }, side, axis) {
    const [padBefore, padAfter] = padding[axis];
    const cells = side + padBefore + padAfter;
    return { size: 1, stride: 1, dilation: 1, padBefore, padAfter, cells };
  },
  operands(layer, { index }, { inputs: [input = new Float32Array()] }) {
    const shape = inputShapeOf(layer);
    const [height = 0, width = 0] = shape;
    const [[top], [left]] = layer.padding;
    const cell = cellAt(layer.outputShape, index);
    const from = { ...cell, row: cell.row - top, column: cell.column - left };
    const isReal = from.row >= 0 && from.column >= 0 && from.row < height && from.column < width;
    const at = isReal ? valueIndex(layer.name, shape, from) : 0;
    return {
      kind: 'ZeroPadding2D',
      inputs: isReal ? input.slice(at, at + 1) : new Float32Array(),
      input: 0,
      from: isReal ? from : undefined,
    };
  },
  words({ padding: [[top, bottom], [left, right]] }) {
    const isEven = top === bottom && top === left && top === right;
    const value = isEven
      ? `${top} on every side`
      : `${top} above, ${bottom} below, ${left} left, ${right} right`;
    return [{ term: 'Padding', value }];
  },
};
