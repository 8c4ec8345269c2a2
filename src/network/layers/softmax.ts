import type { LayerRule } from './layerRule';
import { flatInput } from './layerRule';

/** e^z over the sum of all e^z of a list. */
export const softmax: LayerRule<'Softmax'> = {
  arity: 'one',
  outputShape: (_, inputs) => [flatInput('Softmax', inputs)],
  operands: ({ kind }, _, { inputs: [input = new Float32Array()] }) => ({ kind, inputs: input }),
  words: () => [],
};
