import type { MergeOperation } from '../../../../network/layers/layer';
import { NetworkError } from '../../../../network/tensor/networkError';
import type { Constant } from '../graph/constant';
import { arranged, ofRank, withLast } from '../values/arranging';
import { broadcast } from '../values/foldedArithmetic';
import type { Operation, Operator } from '../values/operation';
import { dimsWords, type TensorValue } from '../values/value';
import { byConstant } from './byConstant';
import { amongConstants } from './offsets';

/** Several tensors that become one, value by value. */
function merging(merge: MergeOperation): Operator {
  return (operation) => {
    const values = operation.node.inputs.map((_, index) => operation.value(index));
    const tensors = values.filter((value) => value.kind === 'tensor');
    const [first] = tensors;
    if (first && values.length === 1) return first;
    if (!first || tensors.length !== values.length) return byConstant(operation, merge);
    return joined(operation, merge, tensors);
  };
}

function joined(
  operation: Operation,
  merge: MergeOperation,
  tensors: readonly TensorValue[],
): TensorValue {
  const dims = tensors.map((each) => each.dims).reduce(broadcast);
  const padded = tensors.map((each) => ofRank(each, dims.length));
  // The order of the one with the most axes of more than one index.
  const long = ({ axes, dims: own }: TensorValue): number =>
    axes.filter((axis) => (own[axis] ?? 1) !== 1).length;
  const { axes } = padded.reduce((a, b) => (long(b) > long(a) ? b : a));
  const isWhole = dims.every((size, axis) => size === 1 || axes.includes(axis));
  const order = isWhole ? axes : dims.flatMap((size, axis) => (size === 1 ? [] : [axis]));
  const alike = padded.map((each) => arranged(operation, each, order));
  const layer = operation.layer({ kind: 'Merge', operation: merge }, alike);
  return { kind: 'tensor', layer, dims, axes: order };
}

/** Along any axis, which comes last in the network. */
const concat: Operator = (operation) => {
  const values = operation.node.inputs.map((_, index) => operation.value(index));
  const tensors = values.filter((value) => value.kind === 'tensor');
  const [first] = tensors;
  if (!first) throw new NetworkError('Concat has no input');
  const axis = operation.axis(operation.number('axis', 1), first.dims.length);
  if (tensors.length === values.length) return concatenated(operation, tensors, axis);
  if (tensors.length > 1) {
    throw new NetworkError('Concat of several tensors and a constant is not known here');
  }
  const parts = values.flatMap((value): (TensorValue | Constant)[] => {
    if (value.kind === 'lost') return [];
    return value.kind === 'tensor' ? [value] : [value.constant];
  });
  return amongConstants(operation, parts, axis);
};

/** Tensors one after the other along an axis. */
export function concatenated(
  operation: Operation,
  tensors: readonly TensorValue[],
  axis: number,
): TensorValue {
  const [first] = tensors as [TensorValue];
  const differing = tensors.find(({ dims }) => dims.length !== first.dims.length);
  if (differing) {
    throw new NetworkError(
      `Concat takes inputs of one rank, got ${dimsWords(first.dims)} and ${dimsWords(differing.dims)}`,
    );
  }
  const { axes } = withLast(operation, first, axis);
  const alike = tensors.map((each) => arranged(operation, each, axes));
  const layer = operation.layer({ kind: 'Concatenate' }, alike);
  const sum = layer.outputShape.at(-1) ?? 0;
  return {
    kind: 'tensor',
    layer,
    dims: first.dims.map((size, at) => (at === axis ? sum : size)),
    axes,
  };
}

/** By what is computed: multiplied by its reciprocal. */
const divide: Operator = (operation) => {
  const [value, divisor] = [operation.value(0), operation.value(1)];
  if (divisor.kind !== 'tensor') return byConstant(operation, 'divide');
  const reciprocal = {
    kind: 'Activation',
    activation: { function: 'power', exponent: -1 },
  } as const;
  if (value.kind === 'tensor') {
    const inverse = operation.alike(reciprocal, divisor, { part: 'reciprocal' });
    return joined(operation, 'multiply', [value, inverse]);
  }
  const [number, ...others] = operation.values(0, 'dividend');
  if (number === undefined || others.length > 0) return byConstant(operation, 'divide');
  const inverse = operation.alike(reciprocal, divisor, number === 1 ? {} : { part: 'reciprocal' });
  if (number === 1) return inverse;
  return operation.alike({ kind: 'Rescaling', scale: number, offset: 0 }, inverse);
};

/** A tensor over and over along its axes. */
const tile: Operator = (operation) => {
  const repeats = operation.values(1, 'repeats');
  let value = operation.tensor(0);
  for (const [axis, count] of repeats.entries()) {
    if (count !== 1) value = repeated(operation, value, axis, count);
  }
  return value;
};

/** A tensor repeated along its axes of one, up to a shape. */
const expand: Operator = (operation) => {
  const given = operation.tensor(0);
  const dims = broadcast(given.dims, operation.values(1, 'shape'));
  let value = ofRank(given, dims.length);
  const user = operation.around.soleUser(operation.node.outputs[0] ?? '');
  // Arithmetic repeats what has one index by itself.
  if (user && repeating.has(user.op)) return value;
  for (const [axis, size] of dims.entries()) {
    if (value.dims[axis] !== size) value = repeated(operation, value, axis, size);
  }
  return value;
};

const repeating = new Set(['Add', 'Sub', 'Mul', 'Div']);

function repeated(
  operation: Operation,
  value: TensorValue,
  axis: number,
  count: number,
): TensorValue {
  if (!(count >= 1 && count <= mostTiles)) throw new NetworkError(`it is repeated ${count} times`);
  return concatenated(
    operation,
    Array.from({ length: count }, () => value),
    axis,
  );
}

/** Bound of what a tensor is repeated. */
const mostTiles = 64;

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
  Tile: tile,
  Expand: expand,
};
