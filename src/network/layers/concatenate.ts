import { cellAt } from '../tensor/cell';
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
  operands({ inputShapes, outputShape }, { index }, { inputs }) {
    const all = outputShape.at(-1) ?? 1;
    let input = 0;
    let own = index % all;
    while (own >= (inputShapes[input]?.at(-1) ?? Infinity))
      own -= inputShapes[input++]?.at(-1) ?? 0;
    const shape = inputShapes[input] ?? [];
    const at = Math.floor(index / all) * (shape.at(-1) ?? 0) + own;
    const values = inputs[input] ?? new Float32Array();
    return {
      kind: 'Concatenate',
      inputs: values.slice(at, at + 1),
      input,
      from: cellAt(shape, at),
    };
  },
  words: () => [{ term: 'Axis', value: 'channels' }],
};
