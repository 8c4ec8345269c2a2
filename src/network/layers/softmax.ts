import type { LayerRule } from './layerRule';

/** e^z over the sum of all e^z: of a list, or of the channels of each cell. */
export const softmax: LayerRule<'Softmax'> = {
  arity: 'one',
  outputShape: (_, [input = []]) => input,
  operands({ kind, outputShape }, { index }, { inputs: [input] }) {
    const channels = outputShape.at(-1) ?? 1;
    const first = index - (index % channels);
    return { kind, inputs: input?.slice(first, first + channels) ?? new Float32Array() };
  },
  words: () => [],
};
