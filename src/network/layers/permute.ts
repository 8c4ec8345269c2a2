import { cellAt } from '../tensor/cell';
import { NetworkError } from '../tensor/networkError';
import { isMapShape, type Shape } from '../tensor/shape';
import { inputShapeOf } from './layer';
import type { LayerRule } from './layerRule';

/** Axes in another order. */
export const permute: LayerRule<'Permute'> = {
  arity: 'one',
  outputShape({ axes }, [input = []]) {
    const isOrder = input.every((_, axis) => axes.filter((each) => each === axis).length === 1);
    if (isOrder && axes.length === input.length) return axes.map((axis) => input[axis] ?? 0);
    const given = axes.map((axis) => axis + 1).join(', ');
    throw new NetworkError(`${given} is no order of ${input.length} axes`);
  },
  window({ axes, outputShape }, side, axis) {
    if (axes[0] === 0 && axes[1] === 1) return undefined;
    const cells = isMapShape(outputShape) ? outputShape[axis] : side;
    return { size: side, stride: 0, dilation: 1, padBefore: 0, padAfter: 0, cells };
  },
  operands(layer, { index }, { inputs: [input = new Float32Array()] }) {
    const shape = inputShapeOf(layer);
    const at = sourceIndex(shape, layer.outputShape, layer.axes, index);
    return { kind: 'Permute', inputs: input.slice(at, at + 1), input: 0, from: cellAt(shape, at) };
  },
  words: ({ axes }) => [{ term: 'Axes', value: axes.map((axis) => axis + 1).join(', ') }],
};

/** Where the output's value at `index` stands in the input. */
function sourceIndex(input: Shape, output: Shape, axes: readonly number[], index: number): number {
  const steps = input.map((_, axis) => input.slice(axis + 1).reduce((a, b) => a * b, 1));
  let rest = index;
  let at = 0;
  for (let axis = output.length - 1; axis >= 0; axis--) {
    const size = output[axis] ?? 1;
    at += (rest % size) * (steps[axes[axis] ?? 0] ?? 0);
    rest = Math.floor(rest / size);
  }
  return at;
}
