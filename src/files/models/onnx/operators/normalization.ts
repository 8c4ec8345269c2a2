import { NetworkError } from '../../../../network/tensor/networkError';
import { mapInput } from '../values/arranging';
import type { Operation, Operator } from '../values/operation';
import { listWeight } from './convolution';

/** At inference, which is how a file's statistics are meant. */
const batchNormalization: Operator = (operation) => {
  const names = ['gamma', 'beta', 'moving_mean', 'moving_variance'] as const;
  const [gamma, beta, mean, variance] = names.map((name, at) =>
    listWeight(operation.constant(at + 1, name)),
  ) as [Weight, Weight, Weight, Weight];
  const isList = operation.tensor(0).dims.length === 2;
  const x = isList ? operation.tensor(0) : mapInput(operation);
  if (operation.number('spatial') === 0) {
    throw new NetworkError('it normalises each cell apart, which is not known here');
  }
  return operation.alike(
    {
      kind: 'BatchNormalization',
      ...{ epsilon: operation.number('epsilon', 1e-5), scale: true, center: true },
    },
    x,
    { weights: { gamma, beta, moving_mean: mean, moving_variance: variance } },
  );
};

type Weight = ReturnType<typeof listWeight>;

/** alpha is divided by the size of the window. */
const lrn: Operator = (operation: Operation) => {
  const size = operation.number('size', 1);
  if (size % 2 !== 1)
    throw new NetworkError(`its window has ${size} channels; an odd number is known here`);
  return operation.alike(
    {
      kind: 'LocalResponseNormalization',
      depthRadius: (size - 1) / 2,
      bias: operation.number('bias', 1),
      alpha: operation.number('alpha', 1e-4) / size,
      beta: operation.number('beta', 0.75),
    },
    mapInput(operation),
  );
};

export const normalization: Readonly<Record<string, Operator>> = {
  BatchNormalization: batchNormalization,
  LRN: lrn,
};
