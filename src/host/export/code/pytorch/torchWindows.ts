import { inputShapeOf, type LayerOf } from '../../../../network/layers/layer';
import type { Pads, Pair } from '../../../../network/tensor/window';
import type { LayerCode, LayerWriters, Step } from '../layerCode';
import { pythonCall, pythonPair } from '../literals';
import {
  countedPads,
  evenPads,
  isNone,
  noPads,
  samePads,
  transposedCut,
  type WindowKinds,
  windowPads,
} from '../windows';
import { activated, torchActivation } from './torchActivations';
import { moduleTensors } from './torchTensors';

/** Kinds with a window over height and width, on [batch, channels, height, width]. */
export const torchWindows: Pick<LayerWriters, WindowKinds> = {
  Conv2D: (layer, id) => {
    const { filters, kernel, stride, dilation, groups, useBias, activation } = layer;
    const channels = inputShapeOf(layer)[2] ?? 0;
    const { before, padding } = paddingOf(windowPads(layer), '');
    const made = pythonCall('nn.Conv2d', [`${channels}`, `${filters}`, pythonPair(kernel)], {
      stride: unlessOne(stride),
      padding,
      dilation: unlessOne(dilation),
      groups: groups === 1 ? undefined : String(groups),
      bias: useBias ? undefined : 'False',
    });
    return {
      members: [`self.${id} = ${made}`],
      steps: [...before, ...activated((x) => `self.${id}(${x})`, activation, 1)],
      tensors: moduleTensors(layer, id),
    };
  },
  Conv2DTranspose: (layer, id) => {
    const { filters, kernel, stride, useBias, activation } = layer;
    const channels = inputShapeOf(layer)[2] ?? 0;
    const own = ownCut(layer);
    const { pads, cut } = own ? { pads: noPads, cut: noPads } : transposedCut(layer);
    const made = pythonCall(
      'nn.ConvTranspose2d',
      [`${channels}`, `${filters}`, pythonPair(kernel)],
      {
        stride: unlessOne(stride),
        padding: own && unlessZero(own.padding),
        output_padding: own && unlessZero(own.more),
        bias: useBias ? undefined : 'False',
      },
    );
    const minus = cut.map((sides) => sides.map((side) => -side)) as unknown as Pads;
    return {
      members: [`self.${id} = ${made}`],
      steps: [
        ...padSteps(pads, ''),
        (x) => `self.${id}(${x})`,
        ...padSteps(minus, ''),
        ...torchActivation(activation, 1),
      ],
      tensors: moduleTensors(layer, id).map((tensor) =>
        tensor.name === `${id}.weight`
          ? {
              ...tensor,
              shape: [channels, filters, ...kernel],
              from: { layer: layer.name, weight: 'kernel' as const, axes: [2, 3, 0, 1] },
            }
          : tensor,
      ),
    };
  },
  MaxPooling2D: (layer) => {
    const { pool, stride } = layer;
    const { before, padding } = paddingOf(windowPads(layer), ', value=float("-inf")');
    const keywords = { stride: strideText(pool, stride), padding };
    return {
      steps: [...before, (x) => pythonCall('F.max_pool2d', [x, pythonPair(pool)], keywords)],
    };
  },
  AveragePooling2D: (layer) => averagePooling(layer),
  AdaptiveAveragePooling2D: ({ size }) => ({
    steps: [(x) => `F.adaptive_avg_pool2d(${x}, ${pythonPair(size)})`],
  }),
  GlobalAveragePooling2D: (layer) => overAll('mean', layer),
  GlobalMaxPooling2D: (layer) => overAll('amax', layer),
};

/** Zeros on both sides alike are the module's own; others are put around the map before it. */
function paddingOf(
  pads: Pads,
  value: string,
): { readonly before: readonly Step[]; readonly padding: string | undefined } {
  const even = evenPads(pads);
  if (even) return { before: [], padding: unlessZero(even) };
  return { before: padSteps(pads, value), padding: undefined };
}

/** PyTorch names the sides of a padding from the last axis on. */
export function padSteps(pads: Pads, more: string): readonly Step[] {
  const [[top, bottom], [left, right]] = pads;
  if (isNone(pads)) return [];
  return [(x) => `F.pad(${x}, (${left}, ${right}, ${top}, ${bottom})${more})`];
}

/** A cut that PyTorch's module makes itself: as much on both sides, but for less than a stride at the end. */
function ownCut({ padding, stride }: LayerOf<'Conv2DTranspose'>) {
  const [rows, columns] = padding;
  const more: Pair = [rows[0] - rows[1], columns[0] - columns[1]];
  const fits = ([0, 1] as const).every(
    (axis) => padding[axis][0] >= 0 && more[axis] >= 0 && more[axis] < stride[axis],
  );
  return fits ? { padding: [rows[0], columns[0]] as const, more } : undefined;
}

function averagePooling(layer: LayerOf<'AveragePooling2D'>): LayerCode {
  const { pool, stride } = layer;
  const pads = windowPads(layer);
  const counted = countedPads(layer);
  const even = evenPads(pads);
  const keywords = { stride: strideText(pool, stride) };
  const pooled =
    (more: Readonly<Record<string, string | undefined>>): Step =>
    (x) =>
      pythonCall('F.avg_pool2d', [x, pythonPair(pool)], { ...keywords, ...more });
  if (samePads(pads, counted)) {
    const { before, padding } = paddingOf(pads, '');
    return { steps: [...before, pooled({ padding })] };
  }
  const isHalf = even?.every((pad, axis) => 2 * pad <= (pool[axis] ?? 0));
  if (even && isHalf && isNone(counted))
    return { steps: [pooled({ padding: unlessZero(even), count_include_pad: 'False' })] };
  const sides = ([[top, bottom], [left, right]]: Pads): string =>
    `(${left}, ${right}, ${top}, ${bottom})`;
  const rest = pads.map((own, axis) =>
    own.map((pad, side) => pad - (counted[axis]?.[side] ?? 0)),
  ) as unknown as Pads;
  const sizes = `${pythonPair(pool)}, ${pythonPair(stride)}`;
  return {
    steps: [(x) => `mean_pool(${x}, ${sizes}, counted=${sides(counted)}, rest=${sides(rest)})`],
  };
}

function overAll(
  operation: 'mean' | 'amax',
  { keepDims }: LayerOf<'GlobalAveragePooling2D' | 'GlobalMaxPooling2D'>,
): LayerCode {
  return { steps: [(x) => `${x}.${operation}((2, 3)${keepDims ? ', keepdim=True' : ''})`] };
}

function unlessOne(pair: Pair): string | undefined {
  return pair.every((size) => size === 1) ? undefined : pythonPair(pair);
}

function unlessZero(pair: Pair): string | undefined {
  return pair.every((size) => size === 0) ? undefined : pythonPair(pair);
}

/** PyTorch strides a pool by its size where nothing is said. */
function strideText(pool: Pair, stride: Pair): string | undefined {
  return pool.every((size, axis) => size === stride[axis]) ? undefined : pythonPair(stride);
}
