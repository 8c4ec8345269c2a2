import { inputShapeOf, type LayerOf } from '../../../../network/layers/layer';
import type { Pads, Pair } from '../../../../network/tensor/window';
import { plainTensors, type LayerWriters, type Step } from '../layerCode';
import {
  adaptiveWindow,
  countedPads,
  isDepthwise,
  isNone,
  samePads,
  stridesApart,
  transposedCut,
  type WindowKinds,
  windowPads,
} from '../windows';
import { biasedAndActivated } from './tfjsActivations';

/** Kinds with a window over height and width, by TensorFlow.js' operations on [batch, height, width, channels]. */
export const tfjsWindows: Pick<LayerWriters, WindowKinds> = {
  Conv2D: (layer, id) => {
    const { kernel, groups, filters, useBias, activation, stride, dilation, padding } = layer;
    const depthwise = isDepthwise(layer);
    const apart = stridesApart(layer);
    const same = padding === 'same' && !apart;
    const isDilated = dilation.some((step) => step > 1);
    const rest = [
      weight(id, 'kernel'),
      ...(depthwise || groups === 1 ? [] : [String(groups)]),
      apart ? '1' : pairText(stride),
      same ? "'same'" : "'valid'",
      ...(isDilated ? ["'NHWC'", pairText(dilation)] : []),
    ];
    const op = depthwise ? 'tf.depthwiseConv2d' : groups === 1 ? 'tf.conv2d' : 'groupedConv2d';
    const sums: Step = (x) => `${op}(${[x, ...rest].join(', ')})`;
    const bias = useBias ? weight(id, 'bias') : undefined;
    return {
      steps: [
        ...(same ? [] : padSteps(windowPads(layer), 0)),
        ...(apart ? [sums, everyNth(layer, stride)] : []),
        ...biasedAndActivated(apart ? (x) => x : sums, bias, activation),
      ],
      ...(depthwise && {
        tensors: plainTensors(layer, id).map((tensor) =>
          tensor.name.endsWith('/kernel')
            ? { ...tensor, shape: [...kernel, groups, filters / groups] }
            : tensor,
        ),
      }),
    };
  },
  Conv2DTranspose: (layer, id) => transposed(layer, id),
  MaxPooling2D: (layer) => {
    const { pool, stride, padding } = layer;
    const same = padding === 'same';
    const end = `${pairText(pool)}, ${pairText(stride)}, ${same ? "'same'" : "'valid'"}`;
    return {
      steps: [
        ...(same || isOne(pool) ? [] : padSteps(windowPads(layer), -Infinity)),
        isOne(pool) ? everyNth(layer, stride) : (x: string) => `tf.maxPool(${x}, ${end})`,
      ],
    };
  },
  AveragePooling2D: (layer) => ({ steps: averaging(layer) }),
  AdaptiveAveragePooling2D: (layer) => {
    const window = adaptiveWindow(layer);
    return { steps: isOne(window) ? [] : [averagePool(window, window)] };
  },
  GlobalAveragePooling2D: ({ keepDims }) => ({
    steps: [(x) => `tf.mean(${x}, [1, 2]${keepDims ? ', true' : ''})`],
  }),
  GlobalMaxPooling2D: ({ keepDims }) => ({
    steps: [(x) => `tf.max(${x}, [1, 2]${keepDims ? ', true' : ''})`],
  }),
};

/** A tensor of the file of weights. */
export function weight(id: string, name: string): string {
  return `weights['${id}/${name}']`;
}

export function padSteps([rows, columns]: Pads, value: number): readonly Step[] {
  if (isNone([rows, columns])) return [];
  const sides = `[[0, 0], [${rows.join(', ')}], [${columns.join(', ')}], [0, 0]]`;
  return [(x) => `tf.pad(${x}, ${sides}${value === 0 ? '' : `, ${value}`})`];
}

function pairText(pair: Pair): string {
  return pair[0] === pair[1] ? String(pair[0]) : `[${pair.join(', ')}]`;
}

function isOne(pair: Pair): boolean {
  return pair.every((size) => size === 1);
}

/** A window of one cell takes every nth cell, which is no pooling to every backend. */
function everyNth(
  { outputShape: [rows = 0, columns = 0] }: LayerOf<'Conv2D' | 'MaxPooling2D' | 'AveragePooling2D'>,
  [down, across]: Pair,
): Step {
  const places = (count: number, step: number): string =>
    `tf.range(0, ${(count - 1) * step + 1}, ${step}, 'int32')`;
  return (x) =>
    `tf.gather(tf.gather(${x}, ${places(rows, down)}, 1), ${places(columns, across)}, 2)`;
}

function averagePool(pool: Pair, stride: Pair, padding = 'valid'): Step {
  return (x) => `tf.avgPool(${x}, ${pairText(pool)}, ${pairText(stride)}, '${padding}')`;
}

function averaging(layer: LayerOf<'AveragePooling2D'>): readonly Step[] {
  const { pool, stride, padding, countPadding } = layer;
  if (isOne(pool)) return [everyNth(layer, stride)];
  if (padding === 'same' && !countPadding) return [averagePool(pool, stride, padding)];
  const pads = windowPads(layer);
  const counted = countedPads(layer);
  if (samePads(pads, counted)) return [...padSteps(pads, 0), averagePool(pool, stride)];
  const sides = ([rows, columns]: Pads): string =>
    `[[${rows.join(', ')}], [${columns.join(', ')}]]`;
  const sizes = `[${pool.join(', ')}], [${stride.join(', ')}]`;
  return [(x) => `meanPool(${x}, ${sizes}, ${sides(pads)}, ${sides(counted)})`];
}

function transposed(layer: LayerOf<'Conv2DTranspose'>, id: string) {
  const { kernel, stride, filters, useBias, activation } = layer;
  const { pads, cut } = transposedCut(layer);
  const input = inputShapeOf(layer);
  const channels = input[2] ?? 0;
  const whole = ([0, 1] as const).map((axis) => {
    const side = (input[axis] ?? 0) + pads[axis][0] + pads[axis][1];
    return (side - 1) * stride[axis] + kernel[axis];
  });
  const spread: Step = (x) =>
    `tf.conv2dTranspose(${x}, ${weight(id, 'kernel')}, [${x}.shape[0], ${whole.join(', ')}, ${filters}], ${pairText(stride)}, 'valid')`;
  const [rows = 0, columns = 0] = layer.outputShape;
  const [[top], [left]] = cut;
  const kept: Step = (x) =>
    `tf.slice(${x}, [0, ${top}, ${left}, 0], [-1, ${rows}, ${columns}, ${filters}])`;
  const bias = useBias ? weight(id, 'bias') : undefined;
  const steps = [...padSteps(pads, 0), spread, ...(isNone(cut) ? [] : [kept])];
  return {
    steps: [
      ...steps,
      ...(bias ? [(x: string) => `tf.add(${x}, ${bias})`] : []),
      ...activationOf(activation),
    ],
    tensors: plainTensors(layer, id).map((tensor) =>
      tensor.name.endsWith('/kernel')
        ? {
            ...tensor,
            shape: [...kernel, filters, channels],
            from: { layer: layer.name, weight: 'kernel' as const, axes: [0, 1, 3, 2] },
          }
        : tensor,
    ),
  };
}

function activationOf(activation: LayerOf<'Conv2DTranspose'>['activation']): readonly Step[] {
  return biasedAndActivated((x) => x, undefined, activation).slice(1);
}
