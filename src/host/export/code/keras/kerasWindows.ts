import type { LayerOf } from '../../../../network/layers/layer';
import type { Pads, Padding } from '../../../../network/tensor/window';
import { plainTensors, type LayerWriters, type Step } from '../layerCode';
import { pythonBoolean, pythonCall, pythonPair } from '../literals';
import {
  adaptiveWindow,
  countedPads,
  isDepthwise,
  isNone,
  noPads,
  samePads,
  stridesApart,
  transposedCut,
  type WindowKinds,
  windowPads,
} from '../windows';
import { activationKeyword, activationSteps } from './kerasActivations';

/** Kinds with a window over height and width, by Keras 3's layers. */
export const kerasWindows: Pick<LayerWriters, WindowKinds> = {
  Conv2D: (layer, id) => {
    const apart = stridesApart(layer);
    const { before, padding } = apart ? explicit(windowPads(layer)) : paddingOf(layer);
    const steps = [
      ...before,
      made(convolution(layer, id, padding, apart)),
      ...(apart ? [everyNth(layer)] : []),
      ...activationSteps(layer.activation),
    ];
    if (!isDepthwise(layer)) return { steps };
    const { kernel, groups, filters } = layer;
    return { steps, tensors: reshapedKernel(layer, id, [...kernel, groups, filters / groups]) };
  },
  Conv2DTranspose: (layer, id) => {
    const { filters, kernel, stride, useBias, activation } = layer;
    const { pads, cut } = transposedCut(layer);
    // Keras widens what comes out to a whole number of strides where these are longer than the kernel.
    const spare = [0, 1].map((axis) => Math.max(0, (stride[axis] ?? 1) - (kernel[axis] ?? 1)));
    const cropped: Pads = [
      [cut[0][0], cut[0][1] + (spare[0] ?? 0)],
      [cut[1][0], cut[1][1] + (spare[1] ?? 0)],
    ];
    const isPlain = isNone(cropped);
    const keywords = {
      strides: pythonPair(stride),
      use_bias: useBias ? undefined : 'False',
      activation: activationKeyword(activation),
      name: `"${id}"`,
    };
    const [spread, inOut] = [
      [...kernel, layer.inputShapes[0]?.[2] ?? 0, filters],
      [0, 1, 3, 2],
    ];
    return {
      steps: [
        ...padSteps(pads),
        made(pythonCall('layers.Conv2DTranspose', [String(filters), pythonPair(kernel)], keywords)),
        ...(isPlain ? [] : [made(`layers.Cropping2D(${padsText(cropped)})`)]),
        ...activationSteps(activation),
      ],
      tensors: plainTensors(layer, id).map((tensor) =>
        tensor.name.endsWith('/kernel')
          ? {
              ...tensor,
              shape: inOut.map((axis) => spread[axis] ?? 0),
              from: { layer: layer.name, weight: 'kernel' as const, axes: inOut },
            }
          : tensor,
      ),
    };
  },
  MaxPooling2D: (layer, id) => {
    const { pool, stride } = layer;
    const { padding, pads } = pooling(layer);
    const keywords = { strides: pythonPair(stride), padding, name: `"${id}"` };
    const value = 'constant_values=float("-inf")';
    const padded: Step = (x) => `ops.pad(${x}, ${allPads(pads)}, ${value})`;
    return {
      steps: [
        ...(isNone(pads) ? [] : [padded]),
        made(pythonCall('layers.MaxPooling2D', [pythonPair(pool)], keywords)),
      ],
    };
  },
  AveragePooling2D: (layer, id) => {
    const { pool, stride, padding: asked, countPadding } = layer;
    const pads = windowPads(layer);
    // Keras' own mean leaves the padding out.
    const isOwn = asked === 'same' && !countPadding;
    const keywords = {
      strides: pythonPair(stride),
      padding: isOwn ? '"same"' : undefined,
      name: `"${id}"`,
    };
    const pooled = made(pythonCall('layers.AveragePooling2D', [pythonPair(pool)], keywords));
    if (isOwn) return { steps: [pooled] };
    const counted = countedPads(layer);
    if (samePads(pads, counted)) return { steps: [...padSteps(pads), pooled] };
    const sizes = `(${pool.join(', ')}), (${stride.join(', ')})`;
    return {
      steps: [(x) => `mean_pool(${x}, ${sizes}, ${fourPads(pads)}, ${fourPads(counted)})`],
    };
  },
  AdaptiveAveragePooling2D: (layer, id) => ({
    steps: [
      made(
        pythonCall('layers.AveragePooling2D', [pythonPair(adaptiveWindow(layer))], {
          name: `"${id}"`,
        }),
      ),
    ],
  }),
  GlobalAveragePooling2D: (layer, id) => global('layers.GlobalAveragePooling2D', layer, id),
  GlobalMaxPooling2D: (layer, id) => global('layers.GlobalMaxPooling2D', layer, id),
};

/** A layer that is called with what it works on. */
export function made(constructor: string): Step {
  return (...inputs) =>
    `${constructor}(${inputs.length > 1 ? `[${inputs.join(', ')}]` : (inputs[0] ?? '')})`;
}

function convolution(
  layer: LayerOf<'Conv2D'>,
  id: string,
  padding: string | undefined,
  apart: boolean,
): string {
  const { filters, kernel, stride, dilation, groups, useBias, activation } = layer;
  const depthwise = isDepthwise(layer);
  const multiplier = filters / groups;
  const keywords = {
    strides: apart || isOne(stride) ? undefined : pythonPair(stride),
    padding,
    dilation_rate: isOne(dilation) ? undefined : pythonPair(dilation),
    groups: depthwise || groups === 1 ? undefined : String(groups),
    depth_multiplier: depthwise && multiplier > 1 ? String(multiplier) : undefined,
    use_bias: useBias ? undefined : pythonBoolean(false),
    activation: activationKeyword(activation),
    name: `"${id}"`,
  };
  return depthwise
    ? pythonCall('layers.DepthwiseConv2D', [pythonPair(kernel)], keywords)
    : pythonCall('layers.Conv2D', [String(filters), pythonPair(kernel)], keywords);
}

function reshapedKernel(layer: LayerOf<'Conv2D'>, id: string, shape: readonly number[]) {
  return plainTensors(layer, id).map((tensor) =>
    tensor.name.endsWith('/kernel') ? { ...tensor, shape } : tensor,
  );
}

function everyNth({ stride: [down, across] }: LayerOf<'Conv2D'>): Step {
  return (x) => `${x}[:, ::${down}, ::${across}]`;
}

function isOne(pair: readonly [number, number]): boolean {
  return pair.every((size) => size === 1);
}

/** Keras' word for a padding, or zeros that a layer of its own adds before. */
function paddingOf({ padding }: { readonly padding: Padding }): {
  readonly before: readonly Step[];
  readonly padding: string | undefined;
} {
  if (typeof padding !== 'string') return explicit(padding);
  return { before: [], padding: padding === 'same' ? '"same"' : undefined };
}

function explicit(pads: Pads): { readonly before: readonly Step[]; readonly padding: undefined } {
  return { before: padSteps(pads), padding: undefined };
}

function padSteps(pads: Pads): readonly Step[] {
  return isNone(pads) ? [] : [made(`layers.ZeroPadding2D(${padsText(pads)})`)];
}

function pooling(layer: LayerOf<'MaxPooling2D'>): {
  readonly padding: string | undefined;
  readonly pads: Pads;
} {
  return layer.padding === 'same'
    ? { padding: '"same"', pads: noPads }
    : { padding: undefined, pads: windowPads(layer) };
}

function global(
  name: string,
  layer: LayerOf<'GlobalAveragePooling2D' | 'GlobalMaxPooling2D'>,
  id: string,
) {
  const keywords = { keepdims: layer.keepDims ? 'True' : undefined, name: `"${id}"` };
  return { steps: [made(pythonCall(name, [], keywords))] };
}

/** One number where all sides are alike, else ((top, bottom), (left, right)). */
export function padsText(pads: Pads): string {
  const [top = 0, ...others] = pads.flat();
  return others.every((side) => side === top) ? String(top) : fourPads(pads);
}

function fourPads([[top, bottom], [left, right]]: Pads): string {
  return `((${top}, ${bottom}), (${left}, ${right}))`;
}

/** Of all four axes of a batch of maps. */
export function allPads([[top, bottom], [left, right]]: Pads): string {
  return `((0, 0), (${top}, ${bottom}), (${left}, ${right}), (0, 0))`;
}
