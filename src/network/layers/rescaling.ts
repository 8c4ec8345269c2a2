import type { LayerRule } from './layerRule';

/** Every value times one number, plus another: Keras' Rescaling. */
export const rescaling: LayerRule<'Rescaling'> = {
  arity: 'one',
  outputShape: (_, [input = []]) => input,
  operands: ({ kind, scale, offset }, { index }, { inputs: [input = new Float32Array()] }) => ({
    kind,
    inputs: input.slice(index, index + 1),
    scale,
    offset,
  }),
  words: ({ scale, offset }) => [
    { term: 'Scale', value: String(scale) },
    { term: 'Offset', value: String(offset) },
  ],
};
