import type { LayerRule } from './layerRule';
import { gammaAndBeta, scaleWords } from './scaleAndShift';

/** Inference-time batch normalisation over the channels (Ioffe and Szegedy 2015). */
export const batchNormalization: LayerRule<'BatchNormalization'> = {
  arity: 'one',
  outputShape: (_, [input = []]) => input,
  weights(settings, [input = []]) {
    const shape = [input.at(-1) ?? 0];
    return [
      ...gammaAndBeta(settings, shape),
      { name: 'moving_mean', shape, trainable: false },
      { name: 'moving_variance', shape, trainable: false },
    ];
  },
  operands(
    { epsilon, scale, center },
    { index },
    { inputs: [input = new Float32Array()], weights },
  ) {
    const weight = (name: Parameters<typeof weights>[0]): number => weights(name)[0] ?? NaN;
    return {
      kind: 'BatchNormalization',
      inputs: input.slice(index, index + 1),
      mean: weight('moving_mean'),
      variance: weight('moving_variance'),
      gamma: scale ? weight('gamma') : 1,
      beta: center ? weight('beta') : 0,
      epsilon,
    };
  },
  words: scaleWords,
};
