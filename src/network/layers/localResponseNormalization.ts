import type { LayerOf } from './layer';
import { inputShapeOf } from './layer';
import type { LayerRule } from './layerRule';
import { mapInput } from './layerRule';
import type { ChannelRange } from './patch';

/** Divides each value by a power of the squares of neighbouring channels (Krizhevsky et al. 2012, section 3.3). */
export const localResponseNormalization: LayerRule<'LocalResponseNormalization'> = {
  arity: 'one',
  outputShape: (_, inputs) => mapInput('LocalResponseNormalization', inputs),
  operands(layer, { index, channel }, { inputs: [input = new Float32Array()] }) {
    const { kind, bias, alpha, beta } = layer;
    const { first, count } = channelsAround(layer, channel);
    const start = index - channel + first;
    const inputs = input.slice(start, start + count);
    return { kind, firstChannel: first, inputs, centre: channel - first, bias, alpha, beta };
  },
  words: ({ depthRadius, bias, alpha, beta }) => [
    { term: 'Window', value: `${2 * depthRadius + 1} channels` },
    { term: 'Constants', value: `k ${bias}, alpha ${alpha} per element, beta ${beta}` },
  ],
};

/** The channels that share a norm with this one, cut at the ends. */
export function channelsAround(
  layer: LayerOf<'LocalResponseNormalization'>,
  channel: number,
): ChannelRange {
  const channels = inputShapeOf(layer)[2] ?? 0;
  const first = Math.max(0, channel - layer.depthRadius);
  const end = Math.min(channels, channel + layer.depthRadius + 1);
  return { first, count: end - first };
}
