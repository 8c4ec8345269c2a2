import { NetworkError } from '../../../../network/tensor/networkError';
import { dense } from '../../onnx/operators/dense';
import { dimsWords } from '../../onnx/values/value';
import type { TfOperator } from './tfOperation';
import { ended, fusedWith } from './fused';

/** MatMul with a constant matrix, and what is fused with it. */
export const matMul: TfOperator = (operation) => {
  if (operation.flag('transpose_a', false) || operation.flag('adj_x', false)) {
    throw new NetworkError(`${operation.op} of a transposed input is not known here`);
  }
  const given = operation.constant(1, 'matrix');
  // A batch of one matrix is that matrix.
  const [batch = 1, ...own] = given.dims;
  const matrix = given.dims.length === 3 && batch === 1 ? { ...given, dims: own } : given;
  if (matrix.dims.length !== 2) {
    throw new NetworkError(
      `its matrix is ${dimsWords(matrix.dims)}; one of two axes is known here`,
    );
  }
  const isTransposed = operation.flag('transpose_b', false) || operation.flag('adj_y', false);
  const units = (isTransposed ? matrix.dims[0] : matrix.dims[1]) ?? 0;
  const fused = fusedWith(operation, units);
  const made = dense(operation, operation.tensor(0), {
    ...{ matrix, isTransposed, alpha: 1, activation: fused.activation },
    ...(fused.part !== undefined && { part: fused.part }),
    ...(fused.bias && { bias: { constant: fused.bias } }),
  });
  return ended(operation, made, fused);
};
