import type { LayerRule } from './layerRule';
import { placeAmongShared, sharedShape, sharedWords } from './sharedAxes';

/** A number added to each value, as transformers say where in a picture a value is (Dosovitskiy et al. 2020, section 3.1). */
export const offset: LayerRule<'Offset'> = {
  arity: 'one',
  outputShape({ kind, sharedAxes }, [input = []]) {
    sharedShape(kind, input, sharedAxes);
    return input;
  },
  weights: ({ kind, sharedAxes }, [input = []]) => [
    { name: 'bias', shape: sharedShape(kind, input, sharedAxes), trainable: true },
  ],
  operands({ outputShape, sharedAxes }, { index }, { inputs: [input], weights }) {
    const inputs = input?.slice(index, index + 1) ?? new Float32Array();
    const place = placeAmongShared(outputShape, sharedAxes, index);
    return { kind: 'Rescaling', inputs, scale: 1, offset: weights('bias')[place] ?? NaN };
  },
  words: ({ sharedAxes }) => [{ term: 'Shared along', value: sharedWords(sharedAxes) }],
};
