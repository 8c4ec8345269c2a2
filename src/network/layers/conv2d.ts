import { NetworkError } from '../tensor/networkError';
import { elementCount, type Shape } from '../tensor/shape';
import type { Pair } from '../tensor/window';
import { slideWindow } from '../tensor/window';
import { windowPlace } from '../tensor/windowPlace';
import type { LayerOf, SettingsOf } from './layer';
import { inputShapeOf } from './layer';
import type { LayerRule } from './layerRule';
import {
  kernelAndBias,
  mapInput,
  paddingWords,
  pairWords,
  slideAlong,
  slideOver,
  wantPadding,
  wantWhole,
  windowWords,
} from './layerRule';
import { patchOf, type ChannelRange } from './patch';

type Conv2D = SettingsOf<'Conv2D'>;

/** Convolution, in groups (towers) where there are several, then bias and activation. */
export const conv2d: LayerRule<'Conv2D'> = {
  arity: 'one',
  begins: 'conv block',
  outputShape(settings, inputs) {
    const { filters, kernel, stride, dilation, padding, groups } = settings;
    const input = mapInput('Conv2D', inputs);
    wantWhole('filters', filters);
    wantWhole('kernel', ...kernel);
    wantWhole('stride', ...stride);
    wantWhole('dilation', ...dilation);
    wantWhole('groups', groups);
    wantPadding(padding);
    wantTowers('input channels', input[2], groups);
    wantTowers('filters', filters, groups);
    return [...slideOver('kernel', input, windowSettings(settings)), filters];
  },
  weights: ({ kernel, groups, filters, useBias }, [input = []]) =>
    kernelAndBias([...kernel, (input[2] ?? 0) / groups, filters], useBias),
  macs: ({ kernel, filters, groups, inputShapes: [input = []], outputShape }) =>
    elementCount([...kernel, (input[2] ?? 0) / groups, filters, ...outputShape.slice(0, 2)]),
  window: (settings, side, axis) => slideWindow(side, slideAlong(axis, windowSettings(settings))),
  operands(layer, { row, column, channel }, { inputs: [input = new Float32Array()], weights }) {
    const shape = inputShapeOf(layer);
    const along = (axis: 0 | 1) =>
      slideWindow(shape[axis] ?? 0, slideAlong(axis, windowSettings(layer)));
    const window = windowPlace(shape, along(0), along(1), { row, column });
    const seen = channelsSeen(layer, channel);
    return {
      kind: 'Conv2D',
      window,
      firstChannel: seen.first,
      channels: seen.count,
      inputs: patchOf(input, shape, window, seen),
      kernel: weights('kernel'),
      bias: layer.useBias ? (weights('bias')[0] ?? NaN) : undefined,
      activation: layer.activation,
    };
  },
  words(layer) {
    const { kernel, stride, dilation, groups, useBias } = layer;
    const shape = inputShapeOf(layer);
    return [
      { term: 'Kernel', value: windowWords(kernel, stride) + dilationWords(dilation) },
      { term: 'Padding', value: paddingWords(shape, windowSettings(layer)) },
      { term: 'Groups', value: groupWords(groups, shape) },
      ...(useBias ? [] : [{ term: 'Bias', value: 'none' }]),
    ];
  },
  title: ({ groups, inputShapes }) =>
    groups > 1 && groups === inputShapes[0]?.[2] ? 'DepthwiseConv2D' : 'Conv2D',
};

/** The input channels that a filter sees: those of its group. */
export function channelsSeen(layer: LayerOf<'Conv2D'>, filter: number): ChannelRange {
  const count = (inputShapeOf(layer)[2] ?? 0) / layer.groups;
  return { first: Math.floor((filter * layer.groups) / layer.filters) * count, count };
}

function windowSettings({ kernel, stride, dilation, padding }: Conv2D) {
  return { size: kernel, stride, dilation, padding };
}

function wantTowers(what: string, count: number, groups: number): void {
  if (count % groups === 0) return;
  throw new NetworkError(
    `${count} ${what} do not split into ${groups} groups (${count} / ${groups} = ${count / groups})`,
  );
}

function dilationWords(dilation: Pair): string {
  return dilation.every((step) => step === 1) ? '' : `, dilation ${pairWords(dilation)}`;
}

function groupWords(groups: number, [, , channels]: Shape): string {
  if (groups === 1) return '1';
  const one = groups === channels ? 'one channel' : `1/${groups} of the channels`;
  return `${groups}: each filter sees ${one}`;
}
