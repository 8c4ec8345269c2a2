import { NetworkError } from '../tensor/networkError';
import { elementCount, formatShape, isMapShape, type Shape } from '../tensor/shape';
import type { AxisWindow } from '../tensor/window';
import type { LayerRule } from './layerRule';
import { passed } from './passing';

/** The same values in another shape, row-major. */
export const reshape: LayerRule<'Reshape'> = {
  arity: 'one',
  outputShape({ target }, [input = []]) {
    const count = elementCount(input);
    const open = target.filter((size) => size === -1).length;
    const known = elementCount(target.filter((size) => size !== -1));
    const isWhole = target.every((size) => size === -1 || (Number.isSafeInteger(size) && size > 0));
    const shape = target.map((size) => (size === -1 ? count / known : size));
    const fits = open === 0 ? known === count : open === 1 && count % known === 0;
    if (isWhole && fits) return shape;
    throw new NetworkError(
      `${formatShape(input)} = ${count} values do not fit the shape ${targetWords(target)} of ${known}`,
    );
  },
  window: ({ outputShape }, side, axis) =>
    isMapShape(outputShape) ? seeingAll(side, outputShape[axis]) : undefined,
  operands: passed,
  words: ({ target }) => [{ term: 'Shape', value: targetWords(target) }],
};

function targetWords(target: Shape): string {
  return target.map((size) => (size === -1 ? '?' : String(size))).join(' × ');
}

/** Cells that stay what they are; where their number changes, each may come from any. */
export function seeingAll(side: number, cells: number): AxisWindow | undefined {
  if (cells === side) return undefined;
  return { size: side, stride: 0, dilation: 1, padBefore: 0, padAfter: 0, cells };
}
