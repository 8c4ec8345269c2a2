import { cellAt, valueIndex } from '../tensor/cell';
import { NetworkError } from '../tensor/networkError';
import { formatPadding } from '../tensor/window';
import { inputShapeOf } from './layer';
import type { LayerRule } from './layerRule';
import { mapInput, wantPadding } from './layerRule';

/** A map without its outermost rows and columns. */
export const cropping2d: LayerRule<'Cropping2D'> = {
  arity: 'one',
  outputShape({ cropping }, inputs) {
    const [height, width, channels] = mapInput('Cropping2D', inputs);
    wantPadding(cropping);
    const [[top, bottom], [left, right]] = cropping;
    const cut = [height - top - bottom, width - left - right] as const;
    if (cut[0] > 0 && cut[1] > 0) return [...cut, channels];
    throw new NetworkError(
      `cropping ${formatPadding(cropping)} leaves nothing of ${height} x ${width}`,
    );
  },
  window({ cropping }, side, axis) {
    const [before, after] = cropping[axis];
    const cells = side - before - after;
    return { size: 1, stride: 1, dilation: 1, padBefore: -before, padAfter: -after, cells };
  },
  operands(layer, { index }, { inputs: [input = new Float32Array()] }) {
    const [[top], [left]] = layer.cropping;
    const cell = cellAt(layer.outputShape, index);
    const from = { ...cell, row: cell.row + top, column: cell.column + left };
    const at = valueIndex(layer.name, inputShapeOf(layer), from);
    return { kind: 'Cropping2D', inputs: input.slice(at, at + 1), input: 0, from };
  },
  words({ cropping: [[top, bottom], [left, right]] }) {
    const value = `${top} above, ${bottom} below, ${left} left, ${right} right`;
    return [{ term: 'Cut off', value }];
  },
};
