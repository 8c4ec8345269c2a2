import { elementCount } from '../../../../network/tensor/shape';
import { reshaped, withLast } from '../values/arranging';
import type { Operation, Operator } from '../values/operation';
import type { TensorValue } from '../values/value';

/** Until version 12 over all axes from its own on, then over its own, which comes last in the network. */
function softmaxed(operation: Operation, part?: string): TensorValue {
  const x = operation.tensor(0);
  const { length } = x.dims;
  const isOld = operation.opset < 13;
  const axis = operation.axis(operation.number('axis', isOld ? 1 : -1), length);
  const options = part === undefined ? {} : { part };
  const isOne = x.dims.slice(axis + 1).every((size) => size === 1);
  if (!isOld || isOne) {
    const own = (x.dims[axis] ?? 1) === 1 ? x : withLast(operation, x, axis);
    return operation.alike({ kind: 'Softmax' }, own, options);
  }
  const rows = elementCount(x.dims.slice(0, axis));
  const flat = reshaped(operation, x, [rows, elementCount(x.dims.slice(axis))]);
  return reshaped(operation, operation.alike({ kind: 'Softmax' }, flat, options), x.dims);
}

export const softmax: Operator = (operation) => softmaxed(operation);

/** The logarithm of a softmax. */
export const logSoftmax: Operator = (operation) =>
  operation.alike(
    { kind: 'Activation', activation: { function: 'log' } },
    softmaxed(operation, 'softmax'),
  );
