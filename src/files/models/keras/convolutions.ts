import type { SettingsOf } from '../../../network/layers/layer';
import { NetworkError } from '../../../network/tensor/networkError';
import { formatShape, isMapShape, type Shape } from '../../../network/tensor/shape';
import { activationOf } from './activations';
import type { LayerConfig } from './layerConfig';
import type { ClassReading } from './layerClass';

type Windows = Pick<SettingsOf<'Conv2D'>, 'kernel' | 'stride' | 'dilation' | 'padding'>;

function windows(config: LayerConfig): Windows {
  return {
    kernel: config.pair('kernel_size'),
    stride: config.pair('strides', [1, 1]),
    dilation: config.pair('dilation_rate', [1, 1]),
    padding: config.padding(),
  };
}

function ending(config: LayerConfig): Pick<SettingsOf<'Conv2D'>, 'useBias' | 'activation'> {
  return { useBias: config.flag('use_bias', true), activation: activationOf(config) };
}

/** One group for each channel, so it has settings only where its input is known. */
function depthwise(config: LayerConfig, [input = []]: readonly Shape[]): SettingsOf<'Conv2D'> {
  if (!isMapShape(input)) {
    throw new NetworkError(
      `${config.className} takes height x width x channels, got ${formatShape(input)}`,
    );
  }
  const filters = input[2] * config.number('depth_multiplier', 1);
  return {
    kind: 'Conv2D',
    ...windows(config),
    filters,
    groups: input[2],
    useBias: false,
    activation: 'linear',
  };
}

export const convolutions: Readonly<Record<string, ClassReading>> = {
  Conv2D: {
    read: (config) => ({
      kind: 'Conv2D',
      ...windows(config),
      ...ending(config),
      filters: config.number('filters'),
      groups: config.number('groups', 1),
    }),
  },
  DepthwiseConv2D: {
    read: (config, inputs) => ({ ...depthwise(config, inputs), ...ending(config) }),
    order: 'depthwise',
    kernelNames: ['depthwise_kernel', 'kernel'],
  },
  SeparableConv2D: {
    first: {
      name: 'depthwise',
      read: depthwise,
      order: 'depthwise',
      kernelNames: ['depthwise_kernel'],
    },
    read: (config) => ({
      kind: 'Conv2D',
      ...{ kernel: [1, 1], stride: [1, 1], dilation: [1, 1], padding: 'valid', groups: 1 },
      ...ending(config),
      filters: config.number('filters'),
    }),
    kernelNames: ['pointwise_kernel'],
  },
  Dense: {
    read: (config) => ({ kind: 'Dense', units: config.number('units'), ...ending(config) }),
  },
};
