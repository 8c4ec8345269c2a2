import { NetworkError } from '../../../../network/tensor/networkError';
import type { Pair } from '../../../../network/tensor/window';
import { type Constant, transposed, withDims } from '../graph/constant';
import { withoutGaps, withoutGroups } from '../graph/transposedKernels';
import { madeMap, mapInput } from '../values/arranging';
import type { Operation, Operator } from '../values/operation';
import { kernelSize, listWeight } from './convolution';
import { pair, statedPads } from './windows';

/** ConvTranspose: its kernel is [channels, filters / group, height, width]. */
export const convTranspose: Operator = (operation) => {
  const stored = operation.constant(1, 'kernel');
  const bias = operation.has(2) ? operation.constant(2, 'bias') : undefined;
  const x = mapInput(operation);
  const groups = operation.number('group', 1);
  const dilation = pair(operation, 'dilations', 1);
  kernelSize(operation, stored, x.dims.length - 2);
  const whole = groups === 1 ? stored : withoutGroups(stored, groups);
  const isDilated = dilation.some((step) => step > 1);
  const kernel = isDilated ? withoutGaps(asMap(whole), dilation) : whole;
  const [channels = 0, filters = 0, ...sides] = kernel.dims;
  const size: Pair = sides.length === 1 ? [1, sides[0] ?? 1] : [sides[0] ?? 1, sides[1] ?? 1];
  const stride = pair(operation, 'strides', 1);
  const order = kernel.dims.length === 4 ? [2, 3, 0, 1] : [2, 0, 1];
  const layer = operation.layer(
    {
      kind: 'Conv2DTranspose',
      ...{ filters, kernel: size, stride, useBias: bias !== undefined, activation: 'linear' },
      padding: cut(operation, { kernel: size, stride }, x.layer.outputShape),
    },
    [x],
    {
      weights: {
        kernel: { constant: transposed(kernel, order), shape: [...size, channels, filters] },
        ...(bias && { bias: listWeight(bias) }),
      },
      check([shape = []]) {
        if (shape[2] === channels) return;
        throw new NetworkError(
          `its kernel takes ${channels} channels, and its input has ${shape[2] ?? 0}`,
        );
      },
    },
  );
  return madeMap(x, layer);
};

/** A signal's kernel as that of a map of one row. */
function asMap(kernel: Constant): Constant {
  const [channels = 0, filters = 0, ...sides] = kernel.dims;
  return sides.length === 1 ? withDims(kernel, [channels, filters, 1, ...sides]) : kernel;
}

/** What is cut on each side: as the file states it, or what is left over from the size that it states. */
function cut(
  operation: Operation,
  { kernel, stride }: { readonly kernel: Pair; readonly stride: Pair },
  [height = 1, width = 1]: readonly number[],
) {
  const more = pair(operation, 'output_padding', 0);
  const way = operation.text('auto_pad', 'NOTSET');
  const stated = operation.list('output_shape');
  const isSame = way.startsWith('SAME');
  if (!stated && !isSame) {
    const pads = way === 'VALID' ? undefined : operation.list('pads');
    const [[top, bottom], [left, right]] = statedPads(pads ?? [0, 0, 0, 0]);
    return [
      [top, bottom - more[0]],
      [left, right - more[1]],
    ] as const;
  }
  const sizes = stated ? stated.slice(-2) : [height * stride[0], width * stride[1]];
  const wanted = sizes.length === 1 ? [1, ...sizes] : sizes;
  const along = (axis: 0 | 1, side: number): readonly [number, number] => {
    const whole = stride[axis] * (side - 1) + kernel[axis];
    const total = whole - (wanted[axis] ?? 1);
    const [less, rest] = [Math.floor(total / 2), Math.ceil(total / 2)];
    return way === 'SAME_UPPER' ? [less, rest] : [rest, less];
  };
  return [along(0, height), along(1, width)] as const;
}
