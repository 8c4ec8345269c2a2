import { NetworkError } from '../tensor/networkError';
import type { LayerRule } from './layerRule';

/** x above 0, alpha · x below, with alpha learnt (He et al. 2015, equation 1). */
export const prelu: LayerRule<'PReLU'> = {
  arity: 'one',
  outputShape({ sharedAxes }, [input = []]) {
    const wrong = sharedAxes.find((axis) => !(axis in input));
    if (wrong === undefined) return input;
    throw new NetworkError(`PReLU shares axis ${wrong + 1} of ${input.length}`);
  },
  weights: ({ sharedAxes }, [input = []]) => [
    {
      name: 'alpha',
      shape: input.map((size, axis) => (sharedAxes.includes(axis) ? 1 : size)),
      trainable: true,
    },
  ],
  operands(
    { kind, outputShape, sharedAxes },
    { index, row, column },
    { inputs: [input], weights },
  ) {
    // The weights of one channel: by row and column, as far as these do not share them.
    const width = sharedAxes.includes(1) ? 1 : (outputShape[1] ?? 1);
    const down = sharedAxes.includes(0) ? 0 : row;
    const at = outputShape.length === 3 ? down * width + (width === 1 ? 0 : column) : 0;
    const inputs = input?.slice(index, index + 1) ?? new Float32Array();
    return { kind, inputs, factor: weights('alpha')[at] ?? NaN };
  },
  words: ({ sharedAxes }) => [
    { term: 'Shared along', value: sharedAxes.map((axis) => axis + 1).join(', ') || 'no axis' },
  ],
};
