import { valueIndex } from '../tensor/cell';
import { NetworkError } from '../tensor/networkError';
import { formatShape, sameShape } from '../tensor/shape';
import type { LayerRule } from './layerRule';

/** Concatenates inputs along channels, or units of lists. */
export const concatenate: LayerRule<'Concatenate'> = {
  arity: 'several',
  outputShape(_, inputs) {
    const [first, ...others] = inputs;
    if (!first) throw new NetworkError('Concatenate takes one input or more, got none');
    for (const other of others) {
      const fits =
        first.length === other.length && sameShape(first.slice(0, -1), other.slice(0, -1));
      if (fits) continue;
      throw new NetworkError(
        `Concatenate takes inputs that differ in channels only, got ${formatShape(first)} and ${formatShape(other)}`,
      );
    }
    const channels = inputs.reduce((sum, input) => sum + (input.at(-1) ?? 0), 0);
    return [...first.slice(0, -1), channels];
  },
  operands({ name, inputShapes }, { row, column, channel }, { inputs }) {
    let input = 0;
    let own = channel;
    while (own >= (inputShapes[input]?.at(-1) ?? Infinity))
      own -= inputShapes[input++]?.at(-1) ?? 0;
    const from = { row, column, channel: own };
    const at = valueIndex(name, inputShapes[input] ?? [], from);
    const values = inputs[input] ?? new Float32Array();
    return { kind: 'Concatenate', inputs: values.slice(at, at + 1), input, from };
  },
  words: () => [{ term: 'Axis', value: 'channels' }],
};
