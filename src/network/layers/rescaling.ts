import { NetworkError } from '../tensor/networkError';
import type { LayerRule } from './layerRule';
import { listWords } from './standardising';

/** Every value times one number, plus another: Keras' Rescaling. */
export const rescaling: LayerRule<'Rescaling'> = {
  arity: 'one',
  outputShape({ scale, offset }, [input = []]) {
    for (const values of [scale, offset]) {
      if (typeof values === 'number' || values.length === input.at(-1)) continue;
      throw new NetworkError(
        `${values.length} numbers do not go with ${input.at(-1) ?? 0} channels`,
      );
    }
    return input;
  },
  operands({ kind, scale, offset, outputShape }, { index }, { inputs: [input] }) {
    const channel = index % (outputShape.at(-1) ?? 1);
    const of = (values: number | readonly number[]): number =>
      typeof values === 'number' ? values : (values[channel] ?? NaN);
    const inputs = input?.slice(index, index + 1) ?? new Float32Array();
    return { kind, inputs, scale: of(scale), offset: of(offset) };
  },
  words: ({ scale, offset }) => [
    { term: 'Scale', value: listWords(scale) },
    { term: 'Offset', value: listWords(offset) },
  ],
};
