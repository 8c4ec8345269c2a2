import type { LayerRule } from './layerRule';

/** Keras' least deviation, so that nothing is divided by 0. */
export const leastDeviation = 1e-7;

/** Data of a known mean and variance to mean 0 and variance 1, or back. */
export const normalization: LayerRule<'Normalization'> = {
  arity: 'one',
  outputShape: (_, [input = []]) => input,
  weights({ given }, [input = []]) {
    if (given) return [];
    const shape = [input.at(-1) ?? 0];
    return [
      { name: 'mean', shape, trainable: false },
      { name: 'variance', shape, trainable: false },
      // How many values they were taken from.
      { name: 'count', shape: [], trainable: false },
    ];
  },
  operands({ kind, given, invert, outputShape }, { index }, { inputs: [input], weights }) {
    const channel = index % (outputShape.at(-1) ?? 1);
    const of = (name: 'mean' | 'variance'): number =>
      given ? (given[name][channel % given[name].length] ?? NaN) : (weights(name)[0] ?? NaN);
    const deviation = Math.max(leastDeviation, Math.sqrt(of('variance')));
    const inputs = input?.slice(index, index + 1) ?? new Float32Array();
    return { kind, inputs, mean: of('mean'), deviation, invert };
  },
  words: ({ given, invert }) => [
    ...(given ? [{ term: 'Mean', value: listWords(given.mean) }] : []),
    ...(given ? [{ term: 'Variance', value: listWords(given.variance) }] : []),
    ...(invert ? [{ term: 'Direction', value: 'back to the data’s own' }] : []),
  ],
};

/** A factor for each channel, which is learnt (Touvron et al. 2021, section 2). */
export const layerScale: LayerRule<'LayerScale'> = {
  arity: 'one',
  outputShape: (_, [input = []]) => input,
  weights: (_, [input = []]) => [{ name: 'gamma', shape: [input.at(-1) ?? 0], trainable: true }],
  operands({ kind }, { index }, { inputs: [input], weights }) {
    const inputs = input?.slice(index, index + 1) ?? new Float32Array();
    return { kind, inputs, factor: weights('gamma')[0] ?? NaN };
  },
  words: () => [],
};

/** A few numbers in a row. */
export function listWords(values: number | readonly number[]): string {
  return typeof values === 'number' ? String(values) : values.join(', ');
}
