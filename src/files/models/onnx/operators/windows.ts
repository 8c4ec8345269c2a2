import { NetworkError } from '../../../../network/tensor/networkError';
import type { Padding, Pads, Pair } from '../../../../network/tensor/window';
import { reach } from '../../../../network/tensor/window';
import type { Operation } from '../values/operation';
import type { TensorValue } from '../values/value';

/** A window over a map. */
export interface Windows {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly padding: Padding;
}

/** Strides, dilations and padding of a convolution or pooling; a signal's window is one row. */
export function windows(operation: Operation, { layer }: TensorValue, kernel: Pair): Windows {
  const stride = pair(operation, 'strides', 1);
  const dilation = pair(operation, 'dilations', 1);
  const sides = layer.outputShape.slice(0, 2) as unknown as Pair;
  return {
    kernel,
    stride,
    dilation,
    padding: padding(operation, { kernel, stride, dilation }, sides),
  };
}

/** An attribute of a number for each axis of space. */
export function pair(operation: Operation, name: string, usual: number): Pair {
  const [first = usual, second, ...others] = operation.list(name) ?? [usual, usual];
  if (others.length > 0) {
    throw new NetworkError(
      `${operation.op} has ${others.length + 2} axes of space; one or two are known here`,
    );
  }
  return second === undefined ? [1, first] : [first, second];
}

function padding(
  operation: Operation,
  { kernel, stride, dilation }: Omit<Windows, 'padding'>,
  sides: Pair,
): Padding {
  const way = operation.text('auto_pad', 'NOTSET');
  if (way === 'SAME_UPPER') return 'same';
  if (way === 'VALID') return 'valid';
  if (way === 'SAME_LOWER') {
    const along = (axis: 0 | 1): readonly [number, number] => {
      const cells = Math.ceil(sides[axis] / stride[axis]);
      const covered = reach({ size: kernel[axis], dilation: dilation[axis] });
      const total = Math.max(0, (cells - 1) * stride[axis] + covered - sides[axis]);
      // An odd zero goes before.
      return [Math.ceil(total / 2), Math.floor(total / 2)];
    };
    return [along(0), along(1)];
  }
  if (way !== 'NOTSET' && way !== '') {
    throw new NetworkError(`${operation.op} has the auto_pad ${way}, which is not known here`);
  }
  return statedPads(operation.list('pads') ?? [0, 0, 0, 0]);
}

/** All begins, then all ends. */
export function statedPads(pads: readonly number[]): Pads {
  if (pads.length === 2)
    return [
      [0, 0],
      [pads[0] ?? 0, pads[1] ?? 0],
    ];
  const [top = 0, left = 0, bottom = 0, right = 0] = pads;
  return [
    [top, bottom],
    [left, right],
  ];
}
