import { NetworkError } from '../../../../network/tensor/networkError';
import type { Shape } from '../../../../network/tensor/shape';
import { reshaped } from '../values/arranging';
import { flattenedDims, reshapedDims, squeezedDims, unsqueezedDims } from '../values/newDims';
import type { Operation, Operator } from '../values/operation';
import { transposedValue } from '../values/value';

function renaming(dimsOf: (operation: Operation, dims: Shape) => Shape): Operator {
  return (operation) => {
    const x = operation.tensor(0);
    return reshaped(operation, x, dimsOf(operation, x.dims));
  };
}

/** Values stay where they are in the network: only ONNX' names of the axes change. */
const transpose: Operator = (operation) => {
  const x = operation.tensor(0);
  const { length } = x.dims;
  const perm = operation.list('perm') ?? x.dims.map((_, axis) => length - 1 - axis);
  const places = new Set(perm.map((axis) => operation.axis(axis, length)));
  if (places.size !== length) {
    throw new NetworkError(`the order ${perm.join(', ')} is none of ${length} axes`);
  }
  return transposedValue(x, perm);
};

/** Values that stay as they are, under other axes. */
export const shaping: Readonly<Record<string, Operator>> = {
  Flatten: renaming(flattenedDims),
  Reshape: renaming(reshapedDims),
  Squeeze: renaming(squeezedDims),
  Unsqueeze: renaming(unsqueezedDims),
  Transpose: transpose,
};
