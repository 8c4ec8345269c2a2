import type { SettingsOf } from '../../../../network/layers/layer';
import { NetworkError } from '../../../../network/tensor/networkError';
import { madeMap, mapInput } from '../values/arranging';
import type { Operation, Operator } from '../values/operation';
import type { TensorValue } from '../values/value';
import { pair, windows } from './windows';

type Window = Pick<SettingsOf<'MaxPooling2D'>, 'pool' | 'stride' | 'padding' | 'ceil'>;

interface Sliding {
  readonly x: TensorValue;
  readonly window: Window;
}

function sliding(operation: Operation): Sliding {
  const x = mapInput(operation);
  const size = pair(operation, 'kernel_shape', 1);
  const { kernel: pool, stride, dilation, padding } = windows(operation, x, size);
  if (dilation.some((step) => step > 1)) {
    throw new NetworkError(
      `its window is dilated by ${dilation.join(' x ')}, which is not known here`,
    );
  }
  return { x, window: { pool, stride, padding, ceil: operation.flag('ceil_mode', false) } };
}

/** Lower than any value of a map. */
const lowest = -3.4e38;

/** Whether a window may lie on more of the padding than pools here have. */
function isWide({ pool, padding, ceil }: Window): boolean {
  if (typeof padding === 'string' || ceil) return false;
  return padding.some((pads, axis) => pads.some((size) => 2 * size > (pool[axis] ?? 1)));
}

/** The padding as a layer of its own. */
function padded(operation: Operation, { x, window }: Sliding, fill: number): Sliding {
  const { padding } = window;
  if (typeof padding === 'string') return { x, window };
  const settings = { kind: 'ZeroPadding2D', padding, ...(fill !== 0 && { fill }) } as const;
  const layer = operation.layer(settings, [x], { part: 'padding' });
  return { x: { ...x, layer }, window: { ...window, padding: 'valid' } };
}

export const maxPool: Operator = (operation) => {
  const given = sliding(operation);
  const { x, window } = isWide(given.window) ? padded(operation, given, lowest) : given;
  const layer = operation.layer({ kind: 'MaxPooling2D', ...window }, [x]);
  return madeMap(x, layer);
};

export const averagePool: Operator = (operation) => {
  const given = sliding(operation);
  const isCounted = operation.flag('count_include_pad', false);
  const { x, window } = isCounted && isWide(given.window) ? padded(operation, given, 0) : given;
  const countPadding = operation.flag('count_include_pad', false);
  const layer = operation.layer({ kind: 'AveragePooling2D', ...window, countPadding }, [x]);
  return madeMap(x, layer);
};
