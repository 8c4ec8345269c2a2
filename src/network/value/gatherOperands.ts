import type { Layer, LayerOf, WeightName } from '../layer';
import { NetworkError } from '../networkError';
import { cellAt, channelsAround, channelsSeen, valueIndex, type ChannelRange } from './cells';
import type { Cell } from './cell';
import type { Operands } from './operands';
import { isPadding, windowPlace, type WindowPlace } from './windowPlace';

/** Where the numbers behind a value are found. */
export interface OperandSources {
  /** The layer before, row-major. */
  readonly input: Float32Array;
  /** What the weights of this name hold for the value's channel or unit, in the tensor's own order. */
  readonly weights: (name: WeightName) => Float32Array;
  /** What went into the softmax of the run. */
  readonly logits: Float32Array;
}

/** Collects the numbers that one value of a layer was made of. */
export function gatherOperands(layer: Layer, cell: Cell, sources: OperandSources): Operands {
  const index = valueIndex(layer, cell);
  const { input } = sources;
  const weight = (name: WeightName): number => sources.weights(name)[0] ?? NaN;
  switch (layer.kind) {
    case 'InputLayer':
      throw new NetworkError(`${layer.name} is the picture itself: no layer made its values`);
    case 'Conv2D':
      return convolution(layer, cell, sources);
    case 'MaxPooling2D':
    case 'AdaptiveAveragePooling2D': {
      const window = windowPlace(layer, cell);
      const channels = { first: cell.channel, count: 1 };
      return { kind: layer.kind, window, inputs: patch(layer, input, window, channels) };
    }
    case 'BatchNormalization':
      return {
        kind: layer.kind,
        inputs: input.slice(index, index + 1),
        mean: weight('moving_mean'),
        variance: weight('moving_variance'),
        gamma: weight('gamma'),
        beta: weight('beta'),
        epsilon: layer.epsilon,
      };
    case 'LocalResponseNormalization':
      return neighbours(layer, cell, input);
    case 'Dense':
      return {
        kind: layer.kind,
        inputs: input,
        kernel: sources.weights('kernel'),
        bias: weight('bias'),
        activation: layer.activation,
        logits: layer.activation === 'softmax' ? sources.logits : new Float32Array(),
      };
    case 'Softmax':
      return { kind: layer.kind, inputs: input };
    case 'Flatten':
    case 'Dropout': {
      const from = cellAt(layer.inputShape, index);
      return { kind: layer.kind, inputs: input.slice(index, index + 1), from };
    }
  }
}

function convolution(
  layer: LayerOf<'Conv2D'>,
  cell: Cell,
  { input, weights }: OperandSources,
): Operands {
  const window = windowPlace(layer, cell);
  const seen = channelsSeen(layer, cell.channel);
  return {
    kind: layer.kind,
    window,
    firstChannel: seen.first,
    channels: seen.count,
    inputs: patch(layer, input, window, seen),
    kernel: weights('kernel'),
    bias: weights('bias')[0] ?? NaN,
    activation: layer.activation,
  };
}

function neighbours(
  layer: LayerOf<'LocalResponseNormalization'>,
  cell: Cell,
  input: Float32Array,
): Operands {
  const { kind, bias, alpha, beta } = layer;
  const { first, count } = channelsAround(layer, cell.channel);
  const start = valueIndex(layer, { ...cell, channel: first });
  const inputs = input.slice(start, start + count);
  return { kind, firstChannel: first, inputs, centre: cell.channel - first, bias, alpha, beta };
}

/** The values under a window, [size, size, channels]. */
function patch(
  { inputShape }: Layer,
  input: Float32Array,
  window: WindowPlace,
  { first, count }: ChannelRange,
): Float32Array {
  const { size, top, left, width } = window;
  const channels = inputShape[2] ?? 0;
  const values = new Float32Array(size * size * count);
  for (let place = 0; place < size * size; place++) {
    if (isPadding(window, place)) continue;
    const cell = (top + Math.floor(place / size)) * width + left + (place % size);
    const start = cell * channels + first;
    values.set(input.subarray(start, start + count), place * count);
  }
  return values;
}
