import { NetworkError } from '../tensor/networkError';
import type { LayerRule } from './layerRule';

/** An operation of which only the name is known: it is drawn, and never run. */
export const unknown: LayerRule<'Unknown'> = {
  arity: 'several',
  outputShape({ operation }) {
    throw new NetworkError(`${operation} is not an operation that is known here`);
  },
  operands({ name, operation }) {
    throw new NetworkError(`${name} never ran: ${operation} is not known here`);
  },
  words: ({ operation }) => [{ term: 'Operation', value: operation }],
  title: ({ operation }) => operation,
};
