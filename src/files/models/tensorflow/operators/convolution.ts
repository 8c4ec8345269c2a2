import { NetworkError } from '../../../../network/tensor/networkError';
import { formatShape, type Shape } from '../../../../network/tensor/shape';
import type { Pair } from '../../../../network/tensor/window';
import { inputsBeforeOutputs } from '../../../tensors/layouts';
import type { Constant } from '../../onnx/graph/constant';
import { listWeight } from '../../onnx/operators/convolution';
import { madeMap, mapInput } from '../../onnx/values/arranging';
import type { LayerWeight } from '../../onnx/values/operation';
import type { TfOperation, TfOperator } from './tfOperation';
import { ended, fusedWith } from './fused';
import { alongMap, windows } from './windows';

interface Kernel {
  readonly constant: Constant;
  readonly size: Pair;
  readonly inputs: number;
  readonly last: number;
}

function kernelOf(operation: TfOperation): Kernel {
  const constant = operation.constant(1, 'kernel');
  const [height = 0, width = 0, inputs = 0, last = 0, ...others] = constant.dims;
  if (constant.dims.length !== 4 || others.length > 0) {
    throw new NetworkError(
      `its kernel is ${formatShape(constant.dims)}; one of four axes is known`,
    );
  }
  return { constant, size: [height, width], inputs, last };
}

/** Conv2D: its kernel is [height, width, channels / groups, filters]. */
export const conv2d: TfOperator = (operation) => {
  const kernel = kernelOf(operation);
  const channels = operation.tensor(0).dims.at(-1) ?? 0;
  const groups = Math.max(1, Math.floor(channels / Math.max(1, kernel.inputs)));
  return convolution(operation, kernel, { perGroup: kernel.inputs, filters: kernel.last, groups });
};

/** DepthwiseConv2dNative: its kernel is [height, width, channels, multiplier], in the order of as many groups. */
export const depthwise: TfOperator = (operation) => {
  const kernel = kernelOf(operation);
  const { inputs: groups, last: multiplier } = kernel;
  return convolution(operation, kernel, { perGroup: 1, filters: groups * multiplier, groups });
};

interface Filters {
  /** Channels that each filter sees. */
  readonly perGroup: number;
  readonly filters: number;
  readonly groups: number;
}

function convolution(
  operation: TfOperation,
  { constant, size }: Kernel,
  { perGroup, filters, groups }: Filters,
) {
  const x = mapInput(operation);
  const fused = fusedWith(operation, filters);
  const layer = operation.layer(
    {
      kind: 'Conv2D',
      ...windows(operation, size),
      ...{ filters, groups, useBias: fused.bias !== undefined, activation: fused.activation },
    },
    [x],
    {
      ...(fused.part !== undefined && { part: fused.part }),
      weights: {
        kernel: { constant, shape: [...size, perGroup, filters] },
        ...biasWeight(fused.bias),
      },
      check([shape = []]) {
        const channels = shape.at(-1) ?? 0;
        const wanted = perGroup * groups;
        if (channels === wanted) return;
        throw new NetworkError(
          `its kernel takes ${wanted} channels, and its input has ${channels}`,
        );
      },
    },
  );
  return ended(operation, madeMap(x, layer), fused);
}

function biasWeight(bias: Constant | undefined): { readonly bias?: LayerWeight } {
  return bias ? { bias: listWeight(bias) } : {};
}

/** Conv2DBackpropInput: the size that it makes, its kernel [height, width, filters, channels], and its input. */
export const conv2dTranspose: TfOperator = (operation) => {
  const { constant, size, inputs: filters, last: channels } = kernelOf(operation);
  const x = mapInput(operation, 2);
  const { stride, padding } = windows(operation, size);
  if (alongMap(operation, 'dilations').some((step) => step > 1)) {
    throw new NetworkError('its kernel is dilated, which is not known here');
  }
  const made = operation.values(0, 'size').slice(-3);
  const { outputShape: sides } = x.layer;
  const cut = (axis: 0 | 1): readonly [number, number] => {
    const whole = stride[axis] * ((sides[axis] ?? 1) - 1) + size[axis];
    const total = whole - (made[axis] ?? whole);
    const before = padding === 'same' ? Math.floor(Math.max(0, total) / 2) : 0;
    return [before, total - before];
  };
  const shape: Shape = [...size, channels, filters];
  const fused = fusedWith(operation, filters);
  const layer = operation.layer(
    {
      kind: 'Conv2DTranspose',
      ...{ filters, kernel: size, stride, padding: [cut(0), cut(1)] },
      ...{ useBias: fused.bias !== undefined, activation: 'linear' },
    },
    [x],
    {
      weights: {
        kernel: { constant, shape, placing: inputsBeforeOutputs(constant.dims) },
        ...biasWeight(fused.bias),
      },
    },
  );
  return ended(operation, madeMap(x, layer), fused);
};
