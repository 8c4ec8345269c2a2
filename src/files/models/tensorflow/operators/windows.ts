import { NetworkError } from '../../../../network/tensor/networkError';
import type { Padding, Pair } from '../../../../network/tensor/window';
import type { Operation } from '../../onnx/values/operation';
import type { Windows } from '../../onnx/operators/windows';

/** Strides, dilations and padding of a window over a map whose channels come last. */
export function windows(operation: Operation, kernel: Pair): Windows {
  const order = operation.text('data_format', 'NHWC');
  if (order !== 'NHWC') {
    throw new NetworkError(
      `${operation.op} has channels in the order ${order}; NHWC is known here`,
    );
  }
  return {
    kernel,
    stride: alongMap(operation, 'strides'),
    dilation: alongMap(operation, 'dilations'),
    padding: padding(operation),
  };
}

/** The numbers of an attribute for height and width, of those for all four axes. */
export function alongMap(operation: Operation, name: string): Pair {
  const [batch = 1, height = 1, width = 1, channels = 1] = operation.list(name) ?? [];
  if (batch === 1 && channels === 1) return [height, width];
  throw new NetworkError(`its ${name} are ${[batch, height, width, channels].join(', ')}`);
}

function padding(operation: Operation): Padding {
  const way = operation.text('padding', 'VALID');
  if (way === 'SAME') return 'same';
  if (way === 'VALID') return 'valid';
  const stated = operation.list('explicit_paddings') ?? [];
  if (way !== 'EXPLICIT' || stated.length !== 8) {
    throw new NetworkError(`its padding is ${way}, which is not known here`);
  }
  const [, , top = 0, bottom = 0, left = 0, right = 0] = stated;
  return [
    [top, bottom],
    [left, right],
  ];
}
