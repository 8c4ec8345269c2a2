import { NetworkError } from '../tensor/networkError';
import { inputShapeOf } from './layer';
import type { LayerRule, OperandSources } from './layerRule';
import { mapInput, wantWhole } from './layerRule';
import { gammaAndBeta, scaleWords } from './scaleAndShift';

/** Each cell by the mean and variance of its own channels (Ba, Kiros, Hinton 2016). */
export const layerNormalization: LayerRule<'LayerNormalization'> = {
  arity: 'one',
  outputShape: (_, [input = []]) => input,
  weights: (settings, [input = []]) => gammaAndBeta(settings, [input.at(-1) ?? 0]),
  operands(layer, { index }, sources) {
    const channels = layer.outputShape.at(-1) ?? 1;
    const centre = index % channels;
    const inputs = channelsAt(sources, index - centre, channels);
    return { kind: layer.kind, inputs, centre, ...ending(layer, sources) };
  },
  words: scaleWords,
};

/** Groups of channels over the whole map (Wu and He 2018); one channel in each: instance normalisation. */
export const groupNormalization: LayerRule<'GroupNormalization'> = {
  arity: 'one',
  outputShape({ groups }, inputs) {
    const input = mapInput('GroupNormalization', inputs);
    wantWhole('groups', groups);
    if (input[2] % groups === 0) return input;
    throw new NetworkError(
      `${input[2]} channels do not split into ${groups} groups (${input[2]} / ${groups} = ${input[2] / groups})`,
    );
  },
  weights: (settings, [input = []]) => gammaAndBeta(settings, [input.at(-1) ?? 0]),
  // Every cell is normalised by all cells.
  window: (_, side) => ({
    ...{ size: 2 * side - 1, stride: 1, dilation: 1, cells: side },
    ...{ padBefore: side - 1, padAfter: side - 1 },
  }),
  operands(layer, { index, channel }, sources) {
    const [height = 0, width = 0, channels = 0] = inputShapeOf(layer);
    const each = channels / layer.groups;
    const first = Math.floor(channel / each) * each;
    const inputs = new Float32Array(height * width * each);
    for (let cell = 0; cell < height * width; cell++) {
      inputs.set(channelsAt(sources, cell * channels + first, each), cell * each);
    }
    const centre = Math.floor(index / channels) * each + channel - first;
    return { kind: layer.kind, inputs, centre, ...ending(layer, sources) };
  },
  words: (layer) => [{ term: 'Groups', value: String(layer.groups) }, ...scaleWords(layer)],
};

/** Each cell's channels as a vector of length 1. */
export const unitNormalization: LayerRule<'UnitNormalization'> = {
  arity: 'one',
  outputShape: (_, [input = []]) => input,
  operands({ kind, outputShape }, { index }, sources) {
    const channels = outputShape.at(-1) ?? 1;
    const centre = index % channels;
    return { kind, inputs: channelsAt(sources, index - centre, channels), centre };
  },
  words: () => [],
};

function channelsAt(
  { inputs: [input] }: OperandSources,
  first: number,
  count: number,
): Float32Array {
  return input?.slice(first, first + count) ?? new Float32Array();
}

function ending(
  { epsilon, scale, center }: { epsilon: number; scale: boolean; center: boolean },
  { weights }: OperandSources,
) {
  return {
    epsilon,
    gamma: scale ? weights('gamma')[0] : undefined,
    beta: center ? weights('beta')[0] : undefined,
  };
}
