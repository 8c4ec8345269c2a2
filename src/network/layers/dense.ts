import { NetworkError } from '../tensor/networkError';
import { elementCount, formatShape, type Shape } from '../tensor/shape';
import type { LayerRule } from './layerRule';
import { kernelAndBias, wantWhole } from './layerRule';

/** Weighted sum of all inputs for each unit, then bias and activation; of a map, of the channels of each cell. */
export const dense: LayerRule<'Dense'> = {
  arity: 'one',
  outputShape({ units }, [input = []]) {
    wantWhole('units', units);
    channelsOf(input);
    return [...input.slice(0, -1), units];
  },
  weights: ({ units, useBias }, [input = []]) => kernelAndBias([channelsOf(input), units], useBias),
  macs: ({ units, inputShapes: [input = []] }) => elementCount(input) * units,
  // A unit of a list sees every cell, like a convolution with a kernel as large as the map.
  window: ({ inputShapes: [input] }, side) => (input?.length === 1 ? wholeSide(side) : undefined),
  operands(layer, { index }, { inputs: [input], weights, logits }) {
    const { units, useBias, activation, inputShapes } = layer;
    const inputs = channelsOf(inputShapes[0] ?? []);
    const cell = Math.floor(index / units);
    const isSoftmax = activation === 'softmax';
    return {
      kind: 'Dense',
      inputs: input?.slice(cell * inputs, (cell + 1) * inputs) ?? new Float32Array(),
      kernel: weights('kernel'),
      bias: useBias ? (weights('bias')[0] ?? NaN) : undefined,
      activation,
      logits: isSoftmax ? logits.slice(cell * units, (cell + 1) * units) : new Float32Array(),
    };
  },
  words: ({ useBias }) => (useBias ? [] : [{ term: 'Bias', value: 'none' }]),
};

function channelsOf(input: Shape): number {
  const channels = input.at(-1);
  if (channels !== undefined) return channels;
  throw new NetworkError(`Dense takes a list or a map, got ${formatShape(input)}`);
}

/** One window over all cells of an axis. */
export function wholeSide(side: number) {
  return { size: side, stride: 1, dilation: 1, padBefore: 0, padAfter: 0, cells: 1 };
}
