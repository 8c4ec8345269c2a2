import type { Cell } from '../tensor/cell';
import { NetworkError } from '../tensor/networkError';
import type { Shape } from '../tensor/shape';
import { formatShape } from '../tensor/shape';
import type { Axis, AxisWindow, Pads } from '../tensor/window';
import { formatPadding, formatPair, slideWindow } from '../tensor/window';
import { windowPlace } from '../tensor/windowPlace';
import { wholeSide } from './dense';
import type { LayerOf, SettingsOf } from './layer';
import { inputShapeOf } from './layer';
import type { LayerRule, SettingWords } from './layerRule';
import {
  mapInput,
  paddingWords,
  pairWords,
  slideAlong,
  slideOver,
  wantPadding,
  wantWhole,
  windowWords,
} from './layerRule';
import type { PoolingOperands } from './operands';
import { patchOf } from './patch';

type Sliding = 'MaxPooling2D' | 'AveragePooling2D';
type Overall = 'GlobalAveragePooling2D' | 'GlobalMaxPooling2D';

/** The largest value under each window. */
export const maxPooling2d: LayerRule<'MaxPooling2D'> = {
  ...sliding('MaxPooling2D'),
  operands: (layer, cell, { inputs }) => pooled(layer, cell, inputs, slidingWindow(layer)),
};

/** The mean of each window; zeros of the padding count where the settings say so. */
export const averagePooling2d: LayerRule<'AveragePooling2D'> = {
  ...sliding('AveragePooling2D'),
  operands: (layer, cell, { inputs }) =>
    pooled(layer, cell, inputs, slidingWindow(layer), countedPads(layer)),
  words: (layer) => [
    ...slidingWords(layer),
    { term: 'Mean', value: layer.countPadding ? 'of the padding too' : 'without the padding' },
  ],
};

/** PyTorch's AdaptiveAvgPool2d for inputs that divide evenly: the map in equal windows, the mean of each. */
export const adaptiveAveragePooling2d: LayerRule<'AdaptiveAveragePooling2D'> = {
  arity: 'one',
  begins: 'classifier',
  outputShape({ size }, inputs) {
    const input = mapInput('AdaptiveAveragePooling2D', inputs);
    wantWhole('size', ...size);
    for (const axis of [0, 1] as const) {
      const [side, parts] = [input[axis], size[axis]];
      if (side % parts === 0) continue;
      throw new NetworkError(
        `input ${formatShape(input)} does not divide into ${parts} equal windows (${side} / ${parts} = ${side / parts})`,
      );
    }
    return [...size, input[2]];
  },
  window: adaptiveWindow,
  operands: (layer, cell, { inputs }) =>
    pooled(layer, cell, inputs, (side, axis) => adaptiveWindow(layer, side, axis)),
  words: ({ size }) => [{ term: 'Output side', value: `${pairWords(size)} for any input` }],
};

/** Mean of each channel over the whole map (Lin, Chen and Yan 2013, section 3.2). */
export const globalAveragePooling2d: LayerRule<'GlobalAveragePooling2D'> = {
  ...overAll('GlobalAveragePooling2D'),
  operands: (layer, { channel }, { inputs }) =>
    pooled(layer, { row: 0, column: 0, channel }, inputs, wholeSide),
};

/** The largest value of each channel over the whole map. */
export const globalMaxPooling2d: LayerRule<'GlobalMaxPooling2D'> = {
  ...overAll('GlobalMaxPooling2D'),
  operands: (layer, { channel }, { inputs }) =>
    pooled(layer, { row: 0, column: 0, channel }, inputs, wholeSide),
};

function overAll(
  kind: Overall,
): Pick<LayerRule<Overall>, 'arity' | 'begins' | 'outputShape' | 'window' | 'words'> {
  return {
    arity: 'one',
    begins: 'classifier',
    outputShape({ keepDims }, inputs) {
      const [, , channels] = mapInput(kind, inputs);
      return keepDims ? [1, 1, channels] : [channels];
    },
    window: (_, side) => wholeSide(side),
    words: (layer) => [{ term: 'Window', value: formatShape(inputShapeOf(layer).slice(0, 2)) }],
  };
}

function sliding(
  kind: Sliding,
): Pick<LayerRule<Sliding>, 'arity' | 'outputShape' | 'window' | 'words'> {
  return {
    arity: 'one',
    outputShape(settings, inputs) {
      const { pool, stride, padding } = settings;
      const input = mapInput(kind, inputs);
      wantWhole('pool', ...pool);
      wantWhole('stride', ...stride);
      wantPadding(padding);
      const isWhole = (axis: Axis): boolean =>
        typeof padding !== 'string' && padding[axis].some((pad) => pad * 2 > pool[axis]);
      if (isWhole(0) || isWhole(1)) {
        throw new NetworkError(
          `padding ${formatPadding(padding)} is more than half of pool ${formatPair(pool)}`,
        );
      }
      return [...slideOver('pool', input, windowSettings(settings)), input[2]];
    },
    window: (settings, side, axis) => slidingWindow(settings)(side, axis),
    words: slidingWords,
  };
}

function windowSettings({ pool, stride, padding, ceil }: SettingsOf<Sliding>) {
  return { size: pool, stride, padding, ceil };
}

function slidingWindow(settings: SettingsOf<Sliding>): (side: number, axis: Axis) => AxisWindow {
  return (side, axis) => slideWindow(side, slideAlong(axis, windowSettings(settings)));
}

function adaptiveWindow(
  { size }: SettingsOf<'AdaptiveAveragePooling2D'>,
  side: number,
  axis: Axis,
): AxisWindow {
  const part = side / size[axis];
  return { size: part, stride: part, dilation: 1, padBefore: 0, padAfter: 0, cells: size[axis] };
}

function slidingWords(layer: LayerOf<Sliding>): readonly SettingWords[] {
  const { pool, stride, ceil } = layer;
  const padding = paddingWords(inputShapeOf(layer), windowSettings(layer));
  return [
    { term: 'Window', value: windowWords(pool, stride) },
    { term: 'Padding', value: padding + (ceil ? ', size rounded up' : '') },
  ];
}

/**
 * How many zeros before and after each axis count in a mean: those that the settings ask for, and not those that a
 * size rounded up adds at the end, as in Caffe and PyTorch.
 */
function countedPads({ padding, countPadding }: SettingsOf<'AveragePooling2D'>): Pads {
  if (!countPadding || padding === 'valid') return noPads;
  return padding === 'same' ? allPads : padding;
}

const noPads: Pads = [
  [0, 0],
  [0, 0],
];
const allPads: Pads = [
  [Infinity, Infinity],
  [Infinity, Infinity],
];

function pooled(
  layer: LayerOf<PoolingOperands['kind']>,
  cell: Cell,
  [input = new Float32Array()]: readonly Float32Array[],
  windowAlong: (side: number, axis: Axis) => AxisWindow,
  counted: Pads = noPads,
): PoolingOperands {
  const shape: Shape = inputShapeOf(layer);
  const rows = windowAlong(shape[0] ?? 0, 0);
  const columns = windowAlong(shape[1] ?? 0, 1);
  const window = windowPlace(shape, rows, columns, cell);
  const { top, left, height, width } = window;
  return {
    kind: layer.kind,
    window,
    inputs: patchOf(input, shape, window, { first: cell.channel, count: 1 }),
    divisor:
      elementsWithin(top, rows.size, height, counted[0]) *
      elementsWithin(left, columns.size, width, counted[1]),
  };
}

/** How many elements of a cell's window count in its mean, along one axis. */
export function countedElements(
  layer: LayerOf<'AveragePooling2D'>,
  axis: Axis,
  cell: number,
): number {
  const side = inputShapeOf(layer)[axis] ?? 0;
  const { size, stride, padBefore } = slidingWindow(layer)(side, axis);
  return elementsWithin(cell * stride - padBefore, size, side, countedPads(layer)[axis]);
}

/** How many elements of a window lie on `side` cells or on the zeros before and after them. */
function elementsWithin(
  first: number,
  count: number,
  side: number,
  [before, after]: Pads[Axis],
): number {
  return Math.min(first + count, side + after) - Math.max(first, -before);
}
