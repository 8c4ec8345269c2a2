import { NetworkError } from '../../../../network/tensor/networkError';
import { elementCount } from '../../../../network/tensor/shape';
import { asTheyAre, denseToInOut } from '../../../tensors/layouts';
import type { Constant } from '../graph/constant';
import { arranged } from '../values/arranging';
import type { LayerWeight, Operation, Operator } from '../values/operation';
import { dimsWords, type TensorValue } from '../values/value';
import { listWeight } from './convolution';

/** Gemm: alpha · A · B + beta · C, of which B and C are constants. */
export const gemm: Operator = (operation) => {
  const b = operation.constant(1, 'matrix');
  const bias = operation.has(2) ? operation.constant(2, 'bias') : undefined;
  const x = operation.tensor(0);
  if (x.dims.length !== 2) {
    throw new NetworkError(`Gemm takes a matrix, batch x units, got ${dimsWords(x.dims)}`);
  }
  if (operation.flag('transA', false))
    throw new NetworkError('its input is transposed, which is not known here');
  return dense(operation, x, {
    matrix: b,
    isTransposed: operation.flag('transB', false),
    alpha: operation.number('alpha', 1),
    ...(bias && { bias: listWeight(bias, operation.number('beta', 1)) }),
  });
};

/** MatMul with a constant, and the Add of a constant list that follows it, is a dense layer. */
export const matMul: Operator = (operation) => {
  const matrix = operation.constant(1, 'matrix');
  const x = operation.tensor(0);
  const bias = followingBias(operation, matrix.dims.at(-1) ?? 0);
  const value = dense(operation, x, {
    ...{ matrix, isTransposed: false, alpha: 1 },
    ...(bias && { bias: listWeight(bias.constant) }),
  });
  if (bias) operation.around.absorb(bias.node, value);
  return value;
};

interface Product {
  readonly matrix: Constant;
  readonly isTransposed: boolean;
  readonly alpha: number;
  readonly bias?: LayerWeight;
}

/** A product with a constant matrix along the last axis of ONNX'. */
function dense(
  operation: Operation,
  x: TensorValue,
  { matrix, isTransposed, alpha, bias }: Product,
): TensorValue {
  if (matrix.dims.length !== 2) {
    throw new NetworkError(
      `its matrix is ${dimsWords(matrix.dims)}; one of two axes is known here`,
    );
  }
  const [rows = 0, columns = 0] = matrix.dims;
  const [inputs, units] = isTransposed ? [columns, rows] : [rows, columns];
  const rank = x.dims.length;
  const own = arranged(
    operation,
    x,
    x.dims.flatMap((_, axis) => (axis === 0 && x.dims[0] === 1 && rank > 1 ? [] : [axis])),
  );
  const kernel: LayerWeight = {
    constant: matrix,
    shape: [inputs, units],
    placing: isTransposed ? denseToInOut(matrix.dims) : asTheyAre,
    ...(alpha !== 1 && { scale: alpha }),
  };
  const layer = operation.layer(
    { kind: 'Dense', units, useBias: bias !== undefined, activation: 'linear' },
    [own],
    {
      weights: { kernel, ...(bias && { bias }) },
      check([shape = []]) {
        const given = shape.at(-1) ?? 0;
        if (given === inputs) return;
        throw new NetworkError(`its matrix takes ${inputs} values, and its input has ${given}`);
      },
    },
  );
  return { ...own, layer, dims: [...x.dims.slice(0, -1), units] };
}

/** The list that an Add alone adds to the product. */
function followingBias(operation: Operation, units: number) {
  const [product = ''] = operation.node.outputs;
  const node = operation.around.soleUser(product);
  if (node?.op !== 'Add') return undefined;
  const other = node.inputs.find((name) => name !== product) ?? '';
  const value = operation.around.value(other);
  if (value?.kind !== 'constant') return undefined;
  const { dims } = value.constant;
  const isList = elementCount(dims) === units && (dims.at(-1) ?? 1) === units;
  return isList ? { node, constant: value.constant } : undefined;
}
