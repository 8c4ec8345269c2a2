import type { MergeOperation } from '../../../../network/layers/layer';
import { NetworkError } from '../../../../network/tensor/networkError';
import { arranged } from '../values/arranging';
import type { Operation, Operator } from '../values/operation';
import { dimsWords, type TensorValue } from '../values/value';

/** Several tensors that become one, value by value. */
function merging(merge: MergeOperation): Operator {
  return (operation) => {
    const values = operation.node.inputs.map((_, index) => operation.value(index));
    const tensors = values.filter((value) => value.kind === 'tensor');
    const [first] = tensors;
    if (first && tensors.length === 1 && values.length === 1) return first;
    if (!first || tensors.length !== values.length) return byConstant(operation, merge);
    return joined(operation, merge, tensors);
  };
}

function joined(
  operation: Operation,
  merge: MergeOperation,
  tensors: readonly TensorValue[],
): TensorValue {
  const rank = Math.max(...tensors.map(({ dims }) => dims.length));
  const largest = tensors.find(({ dims }) => dims.length === rank) as TensorValue;
  const alike = tensors.map((each) => arranged(operation, each, largest.axes));
  const layer = operation.layer({ kind: 'Merge', operation: merge }, alike);
  const dims = [...largest.dims];
  largest.axes.forEach((axis, at) => {
    if (axis >= 0) dims[axis] = layer.outputShape[at] ?? 1;
  });
  return { ...largest, layer, dims };
}

/** Arithmetic of one tensor and one number. */
function byConstant(operation: Operation, merge: MergeOperation): TensorValue {
  const at = operation.value(0).kind === 'tensor' ? 0 : 1;
  const x = operation.tensor(at);
  const { dims, values } = operation.constant(1 - at, 'other side');
  const [number] = values ?? [];
  if (operation.inputs !== 2 || values?.length !== 1 || number === undefined) {
    throw new NetworkError(`${operation.op} of a constant ${dimsWords(dims)} is not known here`);
  }
  const line = (scale: number, offset: number): TensorValue =>
    operation.alike({ kind: 'Rescaling', scale, offset }, x);
  if (merge === 'add') return line(1, number);
  if (merge === 'multiply') return line(number, 0);
  if (merge === 'subtract') return at === 0 ? line(1, -number) : line(-1, number);
  throw new NetworkError(`${operation.op} with the number ${number} is not known here`);
}

const divide: Operator = (operation) => {
  const x = operation.tensor(0);
  const [number, ...others] = operation.values(1, 'divisor');
  if (number === undefined || others.length > 0) {
    throw new NetworkError('Div by several numbers is not known here');
  }
  return operation.alike({ kind: 'Rescaling', scale: 1 / number, offset: 0 }, x);
};

/** Along channels, or units of lists. */
const concat: Operator = (operation) => {
  const tensors = operation.node.inputs.map((_, index) => operation.tensor(index));
  const [first] = tensors as [TensorValue];
  const axis = operation.axis(operation.number('axis', 1), first.dims.length);
  const alike = tensors.map((each) => arranged(operation, each, first.axes));
  if (first.axes.at(-1) !== axis) {
    throw new NetworkError(
      `Concat along axis ${axis} of ${dimsWords(first.dims)} is not known here`,
    );
  }
  const layer = operation.layer({ kind: 'Concatenate' }, alike);
  return {
    ...first,
    layer,
    dims: first.dims.map((size, at) => (at === axis ? (layer.outputShape.at(-1) ?? 0) : size)),
  };
};

export const joining: Readonly<Record<string, Operator>> = {
  Add: merging('add'),
  Sum: merging('add'),
  Sub: merging('subtract'),
  Mul: merging('multiply'),
  Div: divide,
  Max: merging('maximum'),
  Min: merging('minimum'),
  Mean: merging('average'),
  Concat: concat,
};
