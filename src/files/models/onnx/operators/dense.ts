import type { PointwiseActivation } from '../../../../network/layers/activations';
import { NetworkError } from '../../../../network/tensor/networkError';
import { elementCount, type Shape } from '../../../../network/tensor/shape';
import { asTheyAre, denseToInOut } from '../../../tensors/layouts';
import { type Constant, filled, withDims } from '../graph/constant';
import { withLast } from '../values/arranging';
import type { LayerWeight, Operation, Operator } from '../values/operation';
import { dimsWords, type TensorValue, transposedValue } from '../values/value';
import { listWeight } from './convolution';
import { matrixProduct } from './products';

/** Gemm: alpha · A · B + beta · C, of which B and C are constants. */
export const gemm: Operator = (operation) => {
  const b = operation.constant(1, 'matrix');
  const bias = operation.has(2) ? operation.constant(2, 'bias') : undefined;
  const x = operation.tensor(0);
  if (x.dims.length !== 2) {
    throw new NetworkError(`Gemm takes a matrix, batch x units, got ${dimsWords(x.dims)}`);
  }
  const rows = operation.flag('transA', false) ? transposedValue(x, [1, 0]) : x;
  return dense(operation, rows, {
    matrix: b,
    isTransposed: operation.flag('transB', false),
    alpha: operation.number('alpha', 1),
    ...(bias && { bias: { constant: bias, scale: operation.number('beta', 1) } }),
  });
};

/** MatMul with a constant, and the Add of a constant list that follows it, is a dense layer. */
export const matMul: Operator = (operation) => {
  const [left, right] = [operation.value(0), operation.value(1)];
  if (right.kind === 'tensor') {
    if (left.kind === 'tensor') return matrixProduct(operation, left, right);
    return constantFirst(operation, right);
  }
  const given = operation.constant(1, 'matrix');
  const matrix = withDims(given, shortened(given.dims));
  const x = operation.tensor(0);
  const bias = followingBias(operation, matrix.dims.at(-1) ?? 0);
  const value = dense(operation, x, {
    ...{ matrix, isTransposed: false, alpha: 1 },
    ...(bias && { bias: { constant: bias.constant } }),
  });
  if (!bias) return value;
  operation.around.absorb(bias.node, value);
  // What the product alone would be is nowhere.
  return [];
};

/** A stack of one matrix is that matrix. */
function shortened(dims: Shape): Shape {
  const isOne = dims.length > 2 && elementCount(dims.slice(0, -2)) === 1;
  return isOne ? dims.slice(-2) : dims;
}

/** A constant matrix times what is computed: both transposed, the other way round. */
function constantFirst(operation: Operation, x: TensorValue): TensorValue {
  const { length: rank } = x.dims;
  const matrix = operation.constant(0, 'matrix');
  if (rank < 2) throw new NetworkError(`its input is ${dimsWords(x.dims)}`);
  const turn = x.dims.map((_, axis) => (axis < rank - 2 ? axis : 2 * rank - 3 - axis));
  const turned = dense(operation, transposedValue(x, turn), {
    ...{ matrix, isTransposed: true, alpha: 1 },
  });
  return transposedValue(turned, turn);
}

interface Product {
  readonly matrix: Constant;
  readonly isTransposed: boolean;
  readonly alpha: number;
  readonly bias?: { readonly constant: Constant; readonly scale?: number };
  readonly activation?: PointwiseActivation;
  readonly part?: string;
}

/** A product with a constant matrix along the last axis of ONNX'. */
export function dense(
  operation: Operation,
  x: TensorValue,
  { matrix, isTransposed, alpha, bias, activation = 'linear', part }: Product,
): TensorValue {
  if (matrix.dims.length !== 2) {
    throw new NetworkError(
      `its matrix is ${dimsWords(matrix.dims)}; one of two axes is known here`,
    );
  }
  const [rows = 0, columns = 0] = matrix.dims;
  const [inputs, units] = isTransposed ? [columns, rows] : [rows, columns];
  const own = withLast(operation, x, x.dims.length - 1);
  const kernel: LayerWeight = {
    constant: matrix,
    shape: [inputs, units],
    placing: isTransposed ? denseToInOut(matrix.dims) : asTheyAre,
    ...(alpha !== 1 && { scale: alpha }),
  };
  const layer = operation.layer(
    { kind: 'Dense', units, useBias: bias !== undefined, activation },
    [own],
    {
      ...(part !== undefined && { part }),
      weights: { kernel, ...(bias && { bias: biasWeight(bias, units) }) },
      check([shape = []]) {
        const given = shape.at(-1) ?? 0;
        if (given === inputs) return;
        throw new NetworkError(`its matrix takes ${inputs} values, and its input has ${given}`);
      },
    },
  );
  return { ...own, layer, dims: [...x.dims.slice(0, -1), units] };
}

/** A number for each unit, or one for all of them. */
function biasWeight({ constant, scale }: NonNullable<Product['bias']>, units: number): LayerWeight {
  const { dims, values, name } = constant;
  const [number] = values ?? [];
  const isOne = elementCount(dims) === 1 && number !== undefined;
  return listWeight(isOne ? filled(name, [units], number, false) : constant, scale);
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
