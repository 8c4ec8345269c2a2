import type { LayerRule } from './layerRule';
import { flatInput, kernelAndBias, wantWhole } from './layerRule';

/** Weighted sum of all inputs for each unit, then bias and activation. */
export const dense: LayerRule<'Dense'> = {
  arity: 'one',
  outputShape({ units }, inputs) {
    wantWhole('units', units);
    flatInput('Dense', inputs);
    return [units];
  },
  weights: ({ units, useBias }, inputs) =>
    kernelAndBias([flatInput('Dense', inputs), units], useBias),
  macs: ({ units, inputShapes }) => flatInput('Dense', inputShapes) * units,
  // A unit sees every cell, like a convolution with a kernel as large as the map.
  window: (_, side) => wholeSide(side),
  operands: (layer, _, { inputs: [input = new Float32Array()], weights, logits }) => ({
    kind: 'Dense',
    inputs: input,
    kernel: weights('kernel'),
    bias: layer.useBias ? (weights('bias')[0] ?? NaN) : undefined,
    activation: layer.activation,
    logits: layer.activation === 'softmax' ? logits : new Float32Array(),
  }),
  words: ({ useBias }) => (useBias ? [] : [{ term: 'Bias', value: 'none' }]),
};

/** One window over all cells of an axis. */
export function wholeSide(side: number) {
  return { size: side, stride: 1, dilation: 1, padBefore: 0, padAfter: 0, cells: 1 };
}
