import { NetworkError } from '../../../../network/tensor/networkError';
import { elementCount } from '../../../../network/tensor/shape';
import { computed, filled } from '../../onnx/graph/constant';
import { dimsWords, type Value } from '../../onnx/values/value';
import type { TfOperation, TfOperator } from './tfOperation';

/** The dimensions of a value of the graph. */
function dimsOf(value: Value): readonly number[] {
  if (value.kind === 'constant') return value.constant.dims;
  return value.kind === 'tensor' ? value.dims : [];
}

/** Reshape, where 0 is no size that is kept. */
const reshape: TfOperator = (operation) =>
  operation.one('Reshape', operation.given, { allowzero: 1 });

const squeeze: TfOperator = (operation) => {
  const axes = operation.list('squeeze_dims') ?? operation.list('axis') ?? [];
  return operation.one('Squeeze', [operation.value(0), ...(axes.length > 0 ? [axes] : [])]);
};

const expandDims: TfOperator = (operation) =>
  operation.one('Unsqueeze', [operation.value(0), [operation.whole(1, 'axis')]]);

const transpose: TfOperator = (operation) =>
  operation.one('Transpose', [operation.value(0)], { perm: operation.values(1, 'order') });

/** ConcatV2 says its axis last, Concat first. */
function concat(axisAt: 0 | -1): TfOperator {
  return (operation) => {
    const last = operation.inputs - 1;
    const axis = operation.whole(axisAt === 0 ? 0 : last, 'axis');
    const parts = axisAt === 0 ? operation.given.slice(1) : operation.given.slice(0, last);
    return operation.one('Concat', parts, { axis });
  };
}

/** Pack: values of one shape along a new axis. */
const pack: TfOperator = (operation) => {
  const axis = operation.number('axis', 0);
  const parts = operation.given.map((value) => operation.one('Unsqueeze', [value, [axis]]));
  return operation.one('Concat', parts, { axis });
};

/** Unpack: each index of an axis on its own, without the axis. */
const unpack: TfOperator = (operation) => {
  const given = operation.value(0);
  const dims = dimsOf(given);
  const axis = operation.axis(operation.number('axis', 0), dims.length);
  return Array.from({ length: Math.min(dims[axis] ?? 0, operation.node.outputs.length) }, (_, at) =>
    operation.one('Gather', [given, scalar(at)], { axis }),
  );
};

function scalar(number: number): Value {
  return { kind: 'constant', constant: computed('', [], Float64Array.of(number), true) };
}

/** Most parts of a split. */
const mostParts = 256;

/** Split: as many equal parts as the node says. */
const split: TfOperator = (operation) => {
  const count = operation.number('num_split', 1);
  const x = operation.tensor(1);
  const axis = operation.axis(operation.whole(0, 'axis'), x.dims.length);
  const each = (x.dims[axis] ?? 1) / count;
  const { outputs } = operation.node;
  if (!Number.isInteger(each) || outputs.length > count || count > mostParts) {
    throw new NetworkError(`${dimsWords(x.dims)} does not split into ${count} along axis ${axis}`);
  }
  return operation.onnx('Split', [x, Array.from({ length: count }, () => each)], { axis });
};

const splitV: TfOperator = (operation) => {
  const x = operation.tensor(0);
  const axis = operation.axis(operation.whole(2, 'axis'), x.dims.length);
  const stated = operation.values(1, 'sizes');
  const known = stated.filter((size) => size >= 0).reduce((sum, size) => sum + size, 0);
  const sizes = stated.map((size) => (size < 0 ? (x.dims[axis] ?? 1) - known : size));
  return operation.onnx('Split', [x, sizes], { axis });
};

const slice: TfOperator = (operation) => {
  const x = operation.value(0);
  const begins = operation.values(1, 'begins');
  const sizes = operation.values(2, 'sizes');
  const dims = dimsOf(x);
  const ends = begins.map((begin, axis) => {
    const size = sizes[axis] ?? -1;
    return size < 0 ? (dims[axis] ?? 1) : begin + size;
  });
  return operation.one('Slice', [x, begins, ends]);
};

const gather: TfOperator = (operation) => {
  const axis = operation.has(2) ? operation.whole(2, 'axis') : 0;
  return operation.one('Gather', [operation.value(0), operation.value(1)], { axis });
};

const fill: TfOperator = (operation) => {
  const dims = operation.values(0, 'shape');
  const [value = 0] = operation.values(1, 'value');
  const { isWhole } = operation.constant(1, 'value');
  if (dims.some((size) => !(size >= 0)) || !Number.isSafeInteger(elementCount(dims) * 8)) {
    throw new NetworkError(`[${dims.join(', ')}] is no shape`);
  }
  return { kind: 'constant', constant: filled(operation.node.name, dims, value, isWhole) };
};

function reduction(op: string): TfOperator {
  return (operation) => {
    const keepdims = Number(operation.flag('keep_dims', false));
    const x = operation.value(0);
    if (x.kind === 'constant') return operation.one(op, [x], { keepdims });
    return operation.one(op, [x, operation.values(1, 'axes')], {
      keepdims,
      noop_with_empty_axes: 1,
    });
  };
}

function shape(operation: TfOperation): Value {
  return operation.one('Shape', [operation.value(0)]);
}

/** Values that move, and what shapes are computed with. */
export const shaping: Readonly<Record<string, TfOperator>> = {
  Reshape: reshape,
  Squeeze: squeeze,
  ExpandDims: expandDims,
  Transpose: transpose,
  ConcatV2: concat(-1),
  Concat: concat(0),
  Pack: pack,
  Unpack: unpack,
  Split: split,
  SplitV: splitV,
  Slice: slice,
  GatherV2: gather,
  Gather: gather,
  Fill: fill,
  Shape: shape,
  Mean: reduction('ReduceMean'),
  Max: reduction('ReduceMax'),
  Min: reduction('ReduceMin'),
  Sum: reduction('ReduceSum'),
  Prod: reduction('ReduceProd'),
};
