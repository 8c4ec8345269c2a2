import type { LayerSettings } from '../../../../network/layers/layer';
import { NetworkError } from '../../../../network/tensor/networkError';
import { mapInput } from '../values/arranging';
import type { Operation, Operator } from '../values/operation';
import { mapDims } from './convolution';
import { pair, windows } from './windows';

function sliding(operation: Operation): {
  readonly x: ReturnType<typeof mapInput>;
  readonly window: Pick<
    Extract<LayerSettings, { kind: 'MaxPooling2D' }>,
    'pool' | 'stride' | 'padding' | 'ceil'
  >;
} {
  const x = mapInput(operation);
  const {
    kernel: pool,
    stride,
    dilation,
    padding,
  } = windows(operation, x, pair(operation, 'kernel_shape', 1));
  if (dilation.some((step) => step > 1)) {
    throw new NetworkError(
      `its window is dilated by ${dilation.join(' x ')}, which is not known here`,
    );
  }
  return { x, window: { pool, stride, padding, ceil: operation.flag('ceil_mode', false) } };
}

export const maxPool: Operator = (operation) => {
  const { x, window } = sliding(operation);
  const layer = operation.layer({ kind: 'MaxPooling2D', ...window }, [x]);
  return { ...x, layer, dims: mapDims(x.dims, layer.outputShape) };
};

export const averagePool: Operator = (operation) => {
  const { x, window } = sliding(operation);
  const countPadding = operation.flag('count_include_pad', false);
  const layer = operation.layer({ kind: 'AveragePooling2D', ...window, countPadding }, [x]);
  return { ...x, layer, dims: mapDims(x.dims, layer.outputShape) };
};

export const globalAveragePool: Operator = (operation) => {
  const x = mapInput(operation);
  const layer = operation.layer({ kind: 'GlobalAveragePooling2D', keepDims: true }, [x]);
  return { ...x, layer, dims: mapDims(x.dims, layer.outputShape) };
};
