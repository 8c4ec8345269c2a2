import { NetworkError } from '../../../../network/tensor/networkError';
import { reshaped } from '../values/arranging';
import type { Operation, Operator } from '../values/operation';
import type { AxisSlice } from '../values/slices';
import { slices } from '../values/slices';
import { dimsWords, type TensorValue } from '../values/value';
import { concatenated } from './joining';

/** A part of a tensor, along any of its axes. */
function sliced(
  operation: Operation,
  x: TensorValue,
  cuts: readonly AxisSlice[],
  part?: string,
): TensorValue {
  const own = x.axes.map((axis) => cuts.find((cut) => cut.axis === axis));
  const { outputShape } = x.layer;
  const dims = x.dims.map((size, axis) => cuts.find((cut) => cut.axis === axis)?.count ?? size);
  if (dims.includes(0)) throw new NetworkError(`nothing is left of ${dimsWords(x.dims)}`);
  const layer = operation.layer(
    {
      kind: 'Slice',
      starts: own.map((cut) => cut?.start ?? 0),
      steps: own.map((cut) => cut?.step ?? 1),
      counts: own.map((cut, axis) => cut?.count ?? outputShape[axis] ?? 1),
    },
    [x],
    part === undefined ? {} : { part },
  );
  return { ...x, layer, dims };
}

const slice: Operator = (operation) => {
  const x = operation.tensor(0);
  const cuts = slices(operation, x.dims).filter(
    ({ axis, start, step, count }) => start !== 0 || step !== 1 || count !== x.dims[axis],
  );
  return cuts.length === 0 ? x : sliced(operation, x, cuts);
};

/** Parts of given sizes, or as many as there are outputs; the last one may be smaller. */
const split: Operator = (operation) => {
  const x = operation.tensor(0);
  const axis = operation.axis(operation.number('axis', 0), x.dims.length);
  const size = x.dims[axis] ?? 1;
  const { outputs } = operation.node;
  const each = Math.ceil(size / outputs.length);
  const even = outputs.map((_, at) => Math.min(each, size - at * each));
  const sizes = operation.listOrInput('split', 1) ?? even;
  const sum = sizes.reduce((a, b) => a + b, 0);
  if (sum !== size) {
    throw new NetworkError(
      `parts of ${sizes.join(' + ')} = ${sum} are not the ${size} of axis ${axis}`,
    );
  }
  let start = 0;
  return sizes.map((count, at) => {
    const cut = { axis, start, step: 1, count };
    start += count;
    return sliced(operation, x, [cut], outputs[at] ?? String(at));
  });
};

/** Most pieces that a choice of indices may have. */
const mostPieces = 32;

/** Some indices of an axis, in any order. */
const gather: Operator = (operation) => {
  const x = operation.tensor(0);
  const axis = operation.axis(operation.number('axis', 0), x.dims.length);
  const size = x.dims[axis] ?? 1;
  const indices = operation.values(1, 'indices').map((index) => operation.axis(index, size));
  const chosen = chosenAlong(operation, x, axis, indices);
  const given = operation.constant(1, 'indices').dims;
  return reshaped(operation, chosen, [
    ...x.dims.slice(0, axis),
    ...given,
    ...x.dims.slice(axis + 1),
  ]);
};

function chosenAlong(
  operation: Operation,
  x: TensorValue,
  axis: number,
  indices: readonly number[],
): TensorValue {
  const [start = 0, second = start + 1] = indices;
  const step = second - start;
  const isEven = step !== 0 && indices.every((index, at) => index === start + at * step);
  if (isEven) return sliced(operation, x, [{ axis, start, step, count: indices.length }]);
  if (indices.length > mostPieces) {
    throw new NetworkError(
      `Gather of ${indices.length} indices in no even steps is not known here`,
    );
  }
  const pieces = indices.map((index) =>
    sliced(operation, x, [{ axis, start: index, step: 1, count: 1 }], `index ${index}`),
  );
  return concatenated(operation, pieces, axis);
}

export const slicing: Readonly<Record<string, Operator>> = {
  Slice: slice,
  Split: split,
  Gather: gather,
};
