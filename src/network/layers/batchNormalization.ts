import type { LayerRule } from './layerRule';

/** Inference-time batch normalisation over the channels (Ioffe and Szegedy 2015). */
export const batchNormalization: LayerRule<'BatchNormalization'> = {
  arity: 'one',
  outputShape: (_, [input = []]) => input,
  weights(_, [input = []]) {
    const shape = [input.at(-1) ?? 0];
    return [
      { name: 'gamma', shape, trainable: true },
      { name: 'beta', shape, trainable: true },
      { name: 'moving_mean', shape, trainable: false },
      { name: 'moving_variance', shape, trainable: false },
    ];
  },
  operands({ epsilon }, { index }, { inputs: [input = new Float32Array()], weights }) {
    const weight = (name: Parameters<typeof weights>[0]): number => weights(name)[0] ?? NaN;
    return {
      kind: 'BatchNormalization',
      inputs: input.slice(index, index + 1),
      mean: weight('moving_mean'),
      variance: weight('moving_variance'),
      gamma: weight('gamma'),
      beta: weight('beta'),
      epsilon,
    };
  },
  words: ({ epsilon }) => [{ term: 'Epsilon', value: String(epsilon) }],
};
