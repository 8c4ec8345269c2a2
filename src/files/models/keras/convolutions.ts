import type { SettingsOf } from '../../../network/layers/layer';
import type { Shape } from '../../../network/tensor/shape';
import type { Pads } from '../../../network/tensor/window';
import { activationOf } from './activations';
import type { LayerConfig } from './layerConfig';
import type { ClassReading } from './layerClass';
import { mapGiven } from './shaping';

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
function depthwise(config: LayerConfig, inputs: readonly Shape[]): SettingsOf<'Conv2D'> {
  const input = mapGiven(config, inputs);
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

/** What is cut of all that comes out, by Keras' `padding` and `output_padding`. */
function transposed(config: LayerConfig, inputs: readonly Shape[]): SettingsOf<'Conv2DTranspose'> {
  const map = mapGiven(config, inputs);
  const [kernel, stride] = [config.pair('kernel_size'), config.pair('strides', [1, 1])];
  if (config.pair('dilation_rate', [1, 1]).some((step) => step > 1)) config.refuse('dilation_rate');
  const isSame = config.padding() === 'same';
  const added =
    config.raw('output_padding') === undefined ? undefined : config.pair('output_padding');
  const along = (axis: 0 | 1): Pads[0] => {
    const [side, size, step] = [map[axis], kernel[axis], stride[axis]];
    const whole = (side - 1) * step + size;
    const usual = isSame ? side * step : side * step + Math.max(size - step, 0);
    const asked = isSame ? whole - 2 * Math.floor(size / 2) : whole;
    const out = added === undefined ? usual : asked + added[axis];
    const before = isSame ? Math.floor(Math.max(0, whole - out) / 2) : 0;
    return [before, whole - out - before];
  };
  const padding: Pads = [along(0), along(1)];
  return {
    ...{ kind: 'Conv2DTranspose', kernel, stride, padding, ...ending(config) },
    filters: config.number('filters'),
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
  Conv2DTranspose: { read: transposed, order: 'transposed' },
  Dense: {
    read: (config) => ({ kind: 'Dense', units: config.number('units'), ...ending(config) }),
  },
};
