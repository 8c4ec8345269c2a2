import { NetworkError } from '../../../../network/tensor/networkError';
import { madeMap, mapInput } from '../../onnx/values/arranging';
import type { TfOperator } from './tfOperation';
import { alongMap, windows } from './windows';

/** A window that slides over each channel; zeros of the padding do not count in a mean. */
function pooling(kind: 'MaxPooling2D' | 'AveragePooling2D'): TfOperator {
  return (operation) => {
    const x = mapInput(operation);
    const pool = alongMap(operation, 'ksize');
    const { stride, padding } = windows(operation, pool);
    const window = { pool, stride, padding, ceil: false };
    const layer = operation.layer(
      kind === 'MaxPooling2D' ? { kind, ...window } : { kind, ...window, countPadding: false },
      [x],
    );
    return madeMap(x, layer);
  };
}

export const maxPool = pooling('MaxPooling2D');
export const averagePool = pooling('AveragePooling2D');

/** LRN, whose alpha is per element. */
export const lrn: TfOperator = (operation) =>
  operation.alike(
    {
      kind: 'LocalResponseNormalization',
      depthRadius: operation.number('depth_radius', 5),
      bias: operation.number('bias', 1),
      alpha: operation.number('alpha', 1),
      beta: operation.number('beta', 0.5),
    },
    mapInput(operation),
  );

/** FusedBatchNorm: gamma, beta, mean, variance; its other outputs are what training asks for. */
export const batchNormalization: TfOperator = (operation) => {
  if (operation.flag('is_training', true)) {
    throw new NetworkError(`${operation.op} takes its statistics from a batch, as in training`);
  }
  const [x, ...statistics] = operation.given;
  if (!x) throw new NetworkError(`${operation.op} has no input`);
  const map = mapInput(operation);
  const epsilon = operation.number('epsilon', 1e-4);
  return operation.onnx('BatchNormalization', [map, ...statistics.slice(0, 4)], { epsilon });
};
