import type { Activation } from '../../../../network/layers/activations';
import { NetworkError } from '../../../../network/tensor/networkError';
import type { Operation, Operator } from '../values/operation';

type Pointwise = Exclude<Activation, 'softmax'>;

function activation(operation: Operation, name: Pointwise) {
  return operation.alike({ kind: 'Activation', activation: name }, operation.tensor(0));
}

/** A function without settings. */
function named(name: Pointwise): Operator {
  return (operation) => activation(operation, name);
}

/** Elu with the usual alpha; throws a NetworkError for others. */
const elu: Operator = (operation) => {
  const alpha = operation.number('alpha', 1);
  if (alpha === 1) return activation(operation, 'elu');
  throw new NetworkError(`Elu has alpha ${alpha}; 1 is known here`);
};

/** Clip, whose bounds are inputs since version 11. */
const clip: Operator = (operation) => {
  const bound = (name: string, input: number): number | undefined =>
    operation.has(input) ? operation.values(input, name)[0] : operation.number(name);
  const [least = -Infinity, most = Infinity] = [bound('min', 1), bound('max', 2)];
  if (least === 0 && most === 6) return activation(operation, 'relu6');
  if (least === 0 && most >= largestFloat) return activation(operation, 'relu');
  throw new NetworkError(`Clip between ${least} and ${most} is not known here`);
};

/** Bounds that stand for none. */
const largestFloat = 3.4028234e38;

export const pointwise: Readonly<Record<string, Operator>> = {
  Relu: named('relu'),
  Sigmoid: named('sigmoid'),
  Tanh: named('tanh'),
  Softplus: named('softplus'),
  HardSwish: named('hard_silu'),
  Elu: elu,
  Clip: clip,
  Dropout: (operation) =>
    operation.alike({ kind: 'Dropout', rate: operation.number('ratio', 0.5) }, operation.tensor(0)),
  Identity: (operation) => operation.value(0),
  Cast: (operation) => operation.tensor(0),
};
