import { NetworkError } from '../../../../network/tensor/networkError';
import { elementCount } from '../../../../network/tensor/shape';
import { reshaped } from '../values/arranging';
import type { Operator } from '../values/operation';
import { dimsWords } from '../values/value';

/** Until version 12 over all axes from its own on, then over its own. */
export const softmax: Operator = (operation) => {
  const x = operation.tensor(0);
  const { length } = x.dims;
  const isOld = operation.opset < 13;
  const axis = operation.axis(operation.number('axis', isOld ? 1 : -1), length);
  const over = x.dims.slice(axis, isOld ? undefined : axis + 1);
  if (elementCount(over) !== elementCount(x.dims)) {
    throw new NetworkError(
      `${operation.op} along axis ${axis} of ${dimsWords(x.dims)} is not known here`,
    );
  }
  const list = reshaped(operation, x, [1, elementCount(x.dims)]);
  return reshaped(operation, operation.alike({ kind: 'Softmax' }, list), x.dims);
};
