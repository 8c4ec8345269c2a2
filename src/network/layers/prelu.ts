import type { LayerRule } from './layerRule';
import { placeAmongShared, sharedShape, sharedWords } from './sharedAxes';

/** x above 0, alpha · x below, with alpha learnt (He et al. 2015, equation 1). */
export const prelu: LayerRule<'PReLU'> = {
  arity: 'one',
  outputShape({ kind, sharedAxes }, [input = []]) {
    sharedShape(kind, input, sharedAxes);
    return input;
  },
  weights: ({ kind, sharedAxes }, [input = []]) => [
    { name: 'alpha', shape: sharedShape(kind, input, sharedAxes), trainable: true },
  ],
  operands({ kind, outputShape, sharedAxes }, { index }, { inputs: [input], weights }) {
    const inputs = input?.slice(index, index + 1) ?? new Float32Array();
    const place = placeAmongShared(outputShape, sharedAxes, index);
    return { kind, inputs, factor: weights('alpha')[place] ?? NaN };
  },
  words: ({ sharedAxes }) => [{ term: 'Shared along', value: sharedWords(sharedAxes) }],
};
