import type { LayerSettings } from '../../../../network/layers/layer';
import { elementCount, type Shape } from '../../../../network/tensor/shape';
import { arranged, madeMap, mapInput } from '../values/arranging';
import type { Operation, Operator } from '../values/operation';
import { shapeOf, type TensorValue } from '../values/value';

type Pooling = 'GlobalAveragePooling2D' | 'GlobalMaxPooling2D';

/** A whole map in one value for each channel. */
export function globalPool(kind: Pooling, part?: string): Operator {
  return (operation) => {
    const x = mapInput(operation);
    const layer = operation.layer(
      { kind, keepDims: true },
      [x],
      part === undefined ? {} : { part },
    );
    return madeMap(x, layer);
  };
}

/** A reduction over any axes: they become the map's cells, the others its channels. */
function reducing(kind: Pooling, isSum = false): Operator {
  return (operation) => {
    const given = operation.tensor(0);
    const rank = given.dims.length;
    const asked = operation.listOrInput('axes', 1) ?? [];
    if (asked.length === 0 && operation.flag('noop_with_empty_axes', false)) return given;
    const all = given.dims.map((_, axis) => axis);
    const axes = asked.length === 0 ? all : asked.map((axis) => operation.axis(axis, rank));
    const isKept = operation.flag('keepdims', true);
    if (isKept && !isSum && isCells(given, axes)) {
      return madeMap(given, operation.layer({ kind, keepDims: true }, [given]));
    }
    const reduced = reducedOver(operation, given, { kind, axes, isSum });
    if (isKept) return reduced;
    return without(reduced, axes);
  };
}

interface Reduction {
  readonly kind: Pooling;
  readonly axes: readonly number[];
  readonly isSum?: boolean;
  readonly part?: string;
}

/** One number for each index of the axes that are left, which keep their places; the others become axes of one. */
export function reducedOver(
  operation: Operation,
  given: TensorValue,
  { kind, axes, isSum = false, part }: Reduction,
): TensorValue {
  const { cells, kept, x } = asCells(operation, given, axes);
  const dims = given.dims.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const settings: LayerSettings = { kind, keepDims: false };
  const own = part === undefined ? {} : { part };
  const layer = operation.layer(settings, [x], isSum ? { part: 'mean' } : own);
  const count = elementCount(cells);
  const list: TensorValue = {
    kind: 'tensor',
    layer,
    dims: [1, elementCount(shapeOf(dims, kept))],
    axes: [1],
  };
  const whole = isSum
    ? operation.alike({ kind: 'Rescaling', scale: count, offset: 0 }, list)
    : list;
  return unfolded(operation, whole, dims, kept);
}

/** Whether these axes are height and width of a map in the network, whose channels are left. */
function isCells({ axes: own }: TensorValue, axes: readonly number[]): boolean {
  const isReduced = own.map((axis) => axis >= 0 && axes.includes(axis));
  return isReduced.join() === 'true,true,false' && own[2] !== -1;
}

/** A tensor as a map whose cells are these axes and whose channels are all others. */
function asCells(
  operation: Operation,
  given: TensorValue,
  axes: readonly number[],
): { readonly cells: Shape; readonly kept: readonly number[]; readonly x: TensorValue } {
  const own = given.axes.filter((axis) => axis >= 0);
  const [over, kept] = [
    own.filter((axis) => axes.includes(axis)),
    own.filter((axis) => !axes.includes(axis)),
  ];
  const cells = shapeOf(given.dims, over);
  if (isCells(given, axes)) return { cells, kept, x: given };
  const ordered = arranged(operation, given, [...over, ...kept]);
  const target = [elementCount(cells), 1, elementCount(shapeOf(given.dims, kept))];
  const layer = operation.layer({ kind: 'Reshape', target }, [ordered], { part: 'cells' });
  return { cells, kept, x: { ...ordered, layer } };
}

/** A list of what is left, in the shape that it had. */
function unfolded(
  operation: Operation,
  list: TensorValue,
  dims: Shape,
  kept: readonly number[],
): TensorValue {
  const target = shapeOf(dims, kept);
  if (target.length === 1) return { ...list, dims, axes: kept };
  if (target.length === 0) return { ...list, dims, axes: [-1] };
  const layer = operation.layer({ kind: 'Reshape', target }, [list], { part: 'kept' });
  return { kind: 'tensor', layer, dims, axes: kept };
}

/** √Σx² over some axes. */
const reduceL2: Operator = (operation) => {
  const x = operation.tensor(0);
  const power = (value: TensorValue, exponent: number, part?: string): TensorValue =>
    operation.alike(
      { kind: 'Activation', activation: { function: 'power', exponent } },
      value,
      part === undefined ? {} : { part },
    );
  const { length: rank } = x.dims;
  const asked = operation.listOrInput('axes', 1) ?? [];
  const all = x.dims.map((_, axis) => axis);
  const axes = asked.length === 0 ? all : asked.map((axis) => operation.axis(axis, rank));
  const sums = reducedOver(operation, power(x, 2, 'squares'), {
    ...{ kind: 'GlobalAveragePooling2D', axes, isSum: true },
  } as const);
  const length = power(sums, 0.5);
  return operation.flag('keepdims', true) ? length : without(length, axes);
};

/** Without axes of one. */
function without(value: TensorValue, axes: readonly number[]): TensorValue {
  const left = value.dims.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  const dims = shapeOf(value.dims, left);
  return { ...value, dims, axes: value.axes.map((axis) => left.indexOf(axis)) };
}

export const reductions: Readonly<Record<string, Operator>> = {
  ReduceMean: reducing('GlobalAveragePooling2D'),
  ReduceL2: reduceL2,
  ReduceMax: reducing('GlobalMaxPooling2D'),
  ReduceSum: reducing('GlobalAveragePooling2D', true),
  GlobalAveragePool: globalPool('GlobalAveragePooling2D'),
  GlobalMaxPool: globalPool('GlobalMaxPooling2D'),
};
