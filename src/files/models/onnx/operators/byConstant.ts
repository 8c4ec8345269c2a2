import type { MergeOperation } from '../../../../network/layers/layer';
import { NetworkError } from '../../../../network/tensor/networkError';
import { elementCount } from '../../../../network/tensor/shape';
import type { Constant } from '../graph/constant';
import { ofRank, reshaped, withLast } from '../values/arranging';
import type { Operation } from '../values/operation';
import { dimsWords, type TensorValue } from '../values/value';
import { offsetBy } from './offsets';

type Numbers = number | readonly number[];

/** Arithmetic of one tensor and a constant: one number, one for each index of an axis, or one for each value. */
export function byConstant(operation: Operation, merge: MergeOperation | 'divide'): TensorValue {
  if (operation.inputs !== 2) {
    throw new NetworkError(
      `${operation.op} of a constant and ${operation.inputs - 1} tensors is not known here`,
    );
  }
  const at = operation.value(0).kind === 'tensor' ? 0 : 1;
  const constant = operation.constant(1 - at, 'other side');
  const x = ofRank(operation.tensor(at), constant.dims.length);
  const along = longAxes(constant, x);
  if (along.length > 1 && (merge === 'add' || merge === 'subtract')) {
    const isTaken = merge === 'subtract';
    const own = isTaken && at === 1 ? negated(operation, x) : x;
    return offsetBy(operation, own, constant, { sign: isTaken && at === 0 ? -1 : 1 });
  }
  const numbers = operation.values(1 - at, 'other side');
  const [first = 0] = numbers;
  if (along.length === 0) return line(operation, x, { merge, numbers: first, isFirst: at === 0 });
  if (along.length === 1) {
    const own = withLast(operation, x, along[0] ?? 0);
    return line(operation, own, { merge, numbers, isFirst: at === 0 });
  }
  if (elementCount(constant.dims) !== elementCount(x.dims)) {
    throw new NetworkError(
      `${operation.op} of ${dimsWords(x.dims)} and a constant ${dimsWords(constant.dims)} is not known here`,
    );
  }
  const list = reshaped(operation, x, [1, numbers.length]);
  return reshaped(operation, line(operation, list, { merge, numbers, isFirst: at === 0 }), x.dims);
}

function negated(operation: Operation, x: TensorValue): TensorValue {
  return operation.alike({ kind: 'Rescaling', scale: -1, offset: 0 }, x, { part: 'negative' });
}

/** The axes of a tensor along which a constant has more than one index. */
function longAxes({ dims }: Constant, x: TensorValue): readonly number[] {
  const shift = x.dims.length - dims.length;
  return dims.flatMap((size, axis) => {
    if (size === 1) return [];
    if (x.dims[axis + shift] === size) return [axis + shift];
    throw new NetworkError(`a constant ${dimsWords(dims)} does not go with ${dimsWords(x.dims)}`);
  });
}

interface Line {
  readonly merge: MergeOperation | 'divide';
  readonly numbers: Numbers;
  /** Whether the tensor stands before the constant. */
  readonly isFirst: boolean;
}

function line(
  operation: Operation,
  x: TensorValue,
  { merge, numbers, isFirst }: Line,
): TensorValue {
  const by = (scale: Numbers, offset: Numbers): TensorValue =>
    operation.alike({ kind: 'Rescaling', scale, offset }, x);
  switch (merge) {
    case 'add':
      return by(1, numbers);
    case 'multiply':
      return by(numbers, 0);
    case 'subtract':
      return isFirst
        ? by(
            1,
            each(numbers, (number) => -number),
          )
        : by(-1, numbers);
    case 'divide':
      if (isFirst)
        return by(
          each(numbers, (number) => 1 / number),
          0,
        );
      break;
    case 'maximum':
      if (typeof numbers === 'number') return clipped(operation, x, { least: numbers });
      break;
    case 'minimum':
      if (typeof numbers === 'number') return clipped(operation, x, { most: numbers });
      break;
    case 'average':
      break;
  }
  throw new NetworkError(`${operation.op} with a constant is not known here`);
}

function clipped(
  operation: Operation,
  x: TensorValue,
  bounds: { readonly least?: number; readonly most?: number },
): TensorValue {
  return operation.alike({ kind: 'Activation', activation: { function: 'clip', ...bounds } }, x);
}

function each(numbers: Numbers, change: (number: number) => number): Numbers {
  return typeof numbers === 'number' ? change(numbers) : numbers.map(change);
}
