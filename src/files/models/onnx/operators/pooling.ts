import type { SettingsOf } from '../../../../network/layers/layer';
import { slideWindow, type Pair } from '../../../../network/tensor/window';
import { NetworkError } from '../../../../network/tensor/networkError';
import { madeMap, mapInput } from '../values/arranging';
import type { Operation, Operator } from '../values/operation';
import type { TensorValue } from '../values/value';
import { pair, windows } from './windows';

type Window = Pick<SettingsOf<'MaxPooling2D'>, 'pool' | 'stride' | 'padding' | 'ceil'>;

interface Sliding {
  readonly dilation: Pair;
  readonly x: TensorValue;
  readonly window: Window;
}

function sliding(operation: Operation): Sliding {
  const x = mapInput(operation);
  const size = pair(operation, 'kernel_shape', 1);
  const { kernel: pool, stride, dilation, padding } = windows(operation, x, size);
  return {
    x,
    dilation,
    window: { pool, stride, padding, ceil: operation.flag('ceil_mode', false) },
  };
}

/** Lower than any value of a map. */
const lowest = -3.4e38;

/** Whether a window may lie on more of the padding than pools here have. */
function isWide({ pool, padding, ceil }: Window): boolean {
  if (typeof padding === 'string' || ceil) return false;
  return padding.some((pads, axis) => pads.some((size) => 2 * size > (pool[axis] ?? 1)));
}

/** The padding as a layer of its own. */
function padded(operation: Operation, { x, dilation, window }: Sliding, fill: number): Sliding {
  const { padding } = window;
  const isNone =
    padding !== 'same' && padding !== 'valid' && padding.flat().every((size) => size === 0);
  if (isNone || typeof padding === 'string') return { x, dilation, window };
  const settings = { kind: 'ZeroPadding2D', padding, ...(fill !== 0 && { fill }) } as const;
  const layer = operation.layer(settings, [x], { part: 'padding' });
  return { x: madeMap(x, layer), dilation, window: { ...window, padding: 'valid' } };
}

export const maxPool: Operator = (operation) => {
  const given = sliding(operation);
  if (given.dilation.some((step) => step > 1)) return dilatedMaximum(operation, given);
  const { x, window } = isWide(given.window) ? padded(operation, given, lowest) : given;
  const layer = operation.layer({ kind: 'MaxPooling2D', ...window }, [x]);
  return madeMap(x, layer);
};

/** Most cells of a window with gaps. */
const mostTaps = 64;

/** A window with gaps: the maximum of as many parts of the map as it has cells. */
function dilatedMaximum(operation: Operation, given: Sliding): TensorValue {
  const { pool, stride, padding, ceil } = given.window;
  const [height, width] = pool;
  if (ceil || padding === 'same' || height * width > mostTaps) {
    throw new NetworkError(
      `its window ${pool.join(' x ')} is dilated by ${given.dilation.join(' x ')}, which is not known here`,
    );
  }
  const { x, dilation } = padded(operation, given, lowest);
  const [rows = 1, columns = 1, channels = 1] = x.layer.outputShape;
  const counts = [rows, columns].map(
    (side, axis) =>
      slideWindow(side, {
        size: pool[axis] ?? 1,
        stride: stride[axis] ?? 1,
        dilation: dilation[axis] ?? 1,
        padding: [0, 0],
        ceil,
      }).cells,
  );
  const parts = Array.from({ length: height * width }, (_, cell) => {
    const layer = operation.layer(
      {
        kind: 'Slice',
        starts: [Math.floor(cell / width) * dilation[0], (cell % width) * dilation[1], 0],
        steps: [...stride, 1],
        counts: [...counts, channels],
      },
      [x],
      { part: `cell ${cell}` },
    );
    return madeMap(x, layer);
  });
  const [first] = parts;
  if (!first || parts.length === 1) return first ?? x;
  return madeMap(first, operation.layer({ kind: 'Merge', operation: 'maximum' }, parts));
}

export const averagePool: Operator = (operation) => {
  const given = sliding(operation);
  if (given.dilation.some((step) => step > 1)) {
    throw new NetworkError(
      `its window is dilated by ${given.dilation.join(' x ')}, which is known of maxima only`,
    );
  }
  const isCounted = operation.flag('count_include_pad', false);
  const { x, window } = isCounted && isWide(given.window) ? padded(operation, given, 0) : given;
  const countPadding = operation.flag('count_include_pad', false);
  const layer = operation.layer({ kind: 'AveragePooling2D', ...window, countPadding }, [x]);
  return madeMap(x, layer);
};
