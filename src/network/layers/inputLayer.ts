import { NetworkError } from '../tensor/networkError';
import type { LayerRule } from './layerRule';

/** The input of a network. */
export const inputLayer: LayerRule<'InputLayer'> = {
  arity: 'none',
  outputShape({ shape }) {
    for (const size of shape) {
      if (!Number.isSafeInteger(size) || size < 1) {
        throw new NetworkError(`sizes must be whole numbers above 0, got ${shape.join(' x ')}`);
      }
    }
    return shape;
  },
  operands({ name }) {
    throw new NetworkError(`${name} is the picture itself: no layer made its values`);
  },
  words: () => [],
};
