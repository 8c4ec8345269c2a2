import { activationTitle } from './activations';
import type { LayerRule } from './layerRule';

/** A function of each value by itself. */
export const activationLayer: LayerRule<'Activation'> = {
  arity: 'one',
  outputShape: (_, [input = []]) => input,
  operands: ({ activation }, { index }, { inputs: [input = new Float32Array()] }) => ({
    kind: 'Activation',
    inputs: input.slice(index, index + 1),
    activation,
  }),
  words: ({ activation }) => [{ term: 'Function', value: activationTitle(activation) }],
};
