import { NetworkError } from '../../../../network/tensor/networkError';
import type { Operator } from '../values/operation';
import { mapInput } from '../values/arranging';
import { dimsWords } from '../values/value';

/** A mean over space. */
export const reduceMean: Operator = (operation) => {
  const given = operation.tensor(0);
  const rank = given.dims.length;
  const axes = operation
    .listOrInput('axes', 1)
    ?.map((axis) => operation.axis(axis, rank))
    .sort();
  if (rank !== 4 || axes?.join() !== '2,3') {
    throw new NetworkError(
      `${operation.op} over the axes ${axes?.join(', ') ?? 'all'} of ${dimsWords(given.dims)} is not known here`,
    );
  }
  const x = mapInput(operation);
  const keepDims = operation.flag('keepdims', true);
  const layer = operation.layer({ kind: 'GlobalAveragePooling2D', keepDims }, [x]);
  const channels = layer.outputShape.at(-1) ?? 0;
  return keepDims
    ? { ...x, layer, dims: [1, channels, 1, 1] }
    : { kind: 'tensor', layer, dims: [1, channels], axes: [1] };
};
