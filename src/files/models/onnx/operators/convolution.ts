import type { LayerSettings } from '../../../../network/layers/layer';
import { NetworkError } from '../../../../network/tensor/networkError';
import type { Shape } from '../../../../network/tensor/shape';
import { kernelToHwio } from '../../../tensors/layouts';
import type { Constant } from '../graph/constant';
import { madeMap, mapInput } from '../values/arranging';
import type { LayerWeight, Operation, Operator } from '../values/operation';
import { dimsWords, type TensorValue } from '../values/value';
import { type Windows, windows } from './windows';

/** Conv: its kernel is [filters, channels / group, height, width], or without a height for signals. */
export const conv: Operator = (operation) => {
  const kernel = operation.constant(1, 'kernel');
  const bias = operation.has(2) ? operation.constant(2, 'bias') : undefined;
  const x = mapInput(operation);
  return convolution(operation, x, { kernel, ...(bias && { bias }) });
};

interface Weights {
  readonly kernel: Constant;
  readonly bias?: Constant;
}

/** The layer of a convolution whose weights are constants. */
export function convolution(
  operation: Operation,
  x: TensorValue,
  { kernel, bias }: Weights,
  part?: string,
): TensorValue {
  const size = kernelSize(operation, kernel, x.dims.length - 2);
  const [filters = 0, perGroup = 0] = kernel.dims;
  const groups = operation.number('group', 1);
  const settings: LayerSettings = {
    kind: 'Conv2D',
    ...windows(operation, x, size),
    ...{ filters, groups, useBias: bias !== undefined, activation: 'linear' },
  };
  const layer = operation.layer(settings, [x], {
    ...(part !== undefined && { part }),
    weights: { kernel: kernelWeight(kernel, size), ...(bias && { bias: listWeight(bias) }) },
    check: ([shape = []]) => wantChannels(shape, perGroup, groups),
  });
  return madeMap(x, layer);
}

/** Height and width of a kernel's window; throws a NetworkError where the operator contradicts it. */
export function kernelSize(
  operation: Operation,
  { dims }: Constant,
  spatial: number,
): Windows['kernel'] {
  if (dims.length !== spatial + 2) {
    throw new NetworkError(
      `its kernel is ${dimsWords(dims)}, and its input has ${spatial} axes of space`,
    );
  }
  const size = dims.slice(2);
  const stated = operation.list('kernel_shape');
  if (stated && stated.some((side, axis) => side !== size[axis])) {
    throw new NetworkError(
      `its kernel is ${dimsWords(dims)}, and it states a window of ${dimsWords(stated)}`,
    );
  }
  const [height = 1, width] = size;
  return width === undefined ? [1, height] : [height, width];
}

function wantChannels(shape: Shape, perGroup: number, groups: number): void {
  const channels = shape.at(-1) ?? 0;
  if (channels === perGroup * groups) return;
  const product =
    groups === 1 ? `${perGroup}` : `${groups} groups · ${perGroup} = ${perGroup * groups}`;
  throw new NetworkError(`its kernel takes ${product} channels, and its input has ${channels}`);
}

function kernelWeight(constant: Constant, size: Windows['kernel']): LayerWeight {
  const [filters = 0, perGroup = 0] = constant.dims;
  const shape = [...size, perGroup, filters];
  return { constant, shape, placing: kernelToHwio([filters, perGroup, ...size]) };
}

/** A weight of one axis, which other axes of one may stand around. */
export function listWeight(constant: Constant, scale?: number): LayerWeight {
  const long = constant.dims.filter((size) => size !== 1);
  const shape = long.length === 0 ? [1] : long;
  return { constant, shape, ...(scale !== undefined && { scale }) };
}
