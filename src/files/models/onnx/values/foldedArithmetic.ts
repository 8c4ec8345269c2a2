import { NetworkError } from '../../../../network/tensor/networkError';
import { elementCount, type Shape } from '../../../../network/tensor/shape';
import { type Constant, computed, mostFolded } from '../graph/constant';
import type { Operation } from './operation';

type Binary = (a: number, b: number, isWhole: boolean) => number;

const divide: Binary = (a, b, isWhole) => (isWhole ? Math.trunc(a / b) : a / b);

const binaries: Readonly<Record<string, Binary>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: divide,
  Pow: (a, b) => a ** b,
  Mod: (a, b) => a - b * Math.floor(a / b),
  Max: (a, b) => Math.max(a, b),
  Min: (a, b) => Math.min(a, b),
  Equal: (a, b) => Number(a === b),
  Greater: (a, b) => Number(a > b),
  Less: (a, b) => Number(a < b),
  GreaterOrEqual: (a, b) => Number(a >= b),
  LessOrEqual: (a, b) => Number(a <= b),
  And: (a, b) => Number(a !== 0 && b !== 0),
  Or: (a, b) => Number(a !== 0 || b !== 0),
};

const unaries: Readonly<Record<string, (x: number) => number>> = {
  Neg: (x) => -x,
  Abs: Math.abs,
  Floor: Math.floor,
  Ceil: Math.ceil,
  Round: (x) => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x)),
  Sqrt: Math.sqrt,
  Exp: Math.exp,
  Reciprocal: (x) => 1 / x,
  Relu: (x) => Math.max(0, x),
  Sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  Log: Math.log,
  Not: (x) => Number(x === 0),
};

/** Values of few; throws a NetworkError where there are many. */
export function valuesOf({ values, fault, name }: Constant): Float64Array {
  if (values) return values;
  throw new NetworkError(fault ?? `${name} has too many values to compute with`);
}

/** The dimensions of two tensors together; throws a NetworkError where these do not fit. */
export function broadcast(a: Shape, b: Shape): Shape {
  const length = Math.max(a.length, b.length);
  const at = (dims: Shape, axis: number): number => dims[axis - length + dims.length] ?? 1;
  return Array.from({ length }, (_, axis) => {
    const [one, other] = [at(a, axis), at(b, axis)];
    if (one !== other && one !== 1 && other !== 1) {
      throw new NetworkError(`[${a.join(', ')}] and [${b.join(', ')}] do not go together`);
    }
    return one === 1 ? other : one;
  });
}

/** Values repeated along axes of one, up to wider dimensions. */
export function spread(values: ArrayLike<number>, from: Shape, to: Shape): Float64Array {
  const count = elementCount(to);
  if (count > mostFolded) throw new NetworkError(`${count} values are too many to compute with`);
  const own = [...Array.from({ length: to.length - from.length }, () => 1), ...from];
  const steps = own.map((size, axis) => (size === 1 ? 0 : elementCount(own.slice(axis + 1))));
  return Float64Array.from({ length: count }, (_, index) => {
    let rest = index;
    let at = 0;
    for (let axis = to.length - 1; axis >= 0; axis--) {
      const size = to[axis] ?? 1;
      at += (rest % size) * (steps[axis] ?? 0);
      rest = Math.floor(rest / size);
    }
    return values[at] ?? 0;
  });
}

function binary(compute: Binary, isAlwaysWhole = false) {
  return (operation: Operation): Constant => {
    const constants = operation.node.inputs.map((_, index) => operation.constant(index, 'input'));
    if (constants.length === 0) throw new NetworkError(`${operation.op} has no input`);
    return constants.reduce((a, b) => {
      const dims = broadcast(a.dims, b.dims);
      const isWhole = a.isWhole && b.isWhole;
      const [left, right] = [a, b].map((each) => spread(valuesOf(each), each.dims, dims));
      const values = (left ?? new Float64Array()).map((x, i) =>
        compute(x, right?.[i] ?? 0, isWhole),
      );
      const name = operation.node.outputs[0] ?? '';
      return computed(name, dims, values, isWhole || isAlwaysWhole);
    });
  };
}

function unary(compute: (x: number) => number) {
  return (operation: Operation): Constant => {
    const given = operation.constant(0, 'input');
    const name = operation.node.outputs[0] ?? '';
    return computed(name, given.dims, valuesOf(given).map(compute), given.isWhole);
  };
}

/** Between bounds, which are inputs since version 11. */
function clip(operation: Operation): Constant {
  const given = operation.constant(0, 'input');
  const bound = (name: string, at: number): number | undefined =>
    operation.has(at) ? operation.values(at, name)[0] : operation.number(name);
  const [least = -Infinity, most = Infinity] = [bound('min', 1), bound('max', 2)];
  const values = valuesOf(given).map((x) => Math.min(most, Math.max(least, x)));
  return computed(operation.node.outputs[0] ?? '', given.dims, values, given.isWhole);
}

function where(operation: Operation): Constant {
  const parts = ['condition', 'first', 'second'].map((what, index) =>
    operation.constant(index, what),
  );
  const dims = parts.map((each) => each.dims).reduce(broadcast);
  const [condition, yes, no] = parts.map((each) => spread(valuesOf(each), each.dims, dims));
  const chosen = (condition ?? []).map((truth, i) => (truth === 0 ? no?.[i] : yes?.[i]) ?? 0);
  const isWhole = parts[1]?.isWhole ?? false;
  return computed(operation.node.outputs[0] ?? '', dims, Float64Array.from(chosen), isWhole);
}

/** All values together; over some axes it is not what shapes are computed with. */
function reduced(reduce: (values: Float64Array) => number) {
  return (operation: Operation): Constant => {
    const given = operation.constant(0, 'input');
    const isWhole = given.dims.filter((size) => size !== 1).length <= 1;
    if (!isWhole)
      throw new NetworkError(`${operation.op} of a constant of several axes is not known here`);
    const dims = operation.flag('keepdims', true) ? given.dims.map(() => 1) : [];
    const values = Float64Array.of(reduce(valuesOf(given)));
    return computed(operation.node.outputs[0] ?? '', dims, values, given.isWhole);
  };
}

const comparisons = new Set([
  'Equal',
  'Greater',
  'Less',
  'GreaterOrEqual',
  'LessOrEqual',
  'And',
  'Or',
]);

/** Arithmetic of constants. */
export const arithmetic = {
  ...Object.fromEntries(
    Object.entries(binaries).map(([op, compute]) => [op, binary(compute, comparisons.has(op))]),
  ),
  ...Object.fromEntries(Object.entries(unaries).map(([op, compute]) => [op, unary(compute)])),
  Where: where,
  Clip: clip,
  ReduceProd: reduced((values) => values.reduce((product, x) => product * x, 1)),
  ReduceSum: reduced((values) => values.reduce((sum, x) => sum + x, 0)),
  ReduceMin: reduced((values) => Math.min(...values)),
  ReduceMax: reduced((values) => Math.max(...values)),
};
