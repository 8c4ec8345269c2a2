import type { SettingsOf } from '../../../network/layers/layer';
import { NetworkError } from '../../../network/tensor/networkError';
import type { Shape } from '../../../network/tensor/shape';
import type { ClassReading } from './layerClass';
import type { LayerConfig } from './layerConfig';

/** Throws where a layer does not normalise along channels, which Keras counts from 1, or from the end. */
function wantChannels(config: LayerConfig, [input]: readonly Shape[]): void {
  const [axis = -1, ...more] = config.raw('axis') === undefined ? [] : config.numbers('axis');
  const isLast = axis === -1 || !input || axis === input.length;
  if (isLast && more.length === 0) return;
  throw new NetworkError(
    `${config.className} along axis ${[axis, ...more].join(', ')} is not known here: channels are the last`,
  );
}

function scaling(
  config: LayerConfig,
  inputs: readonly Shape[],
): Pick<SettingsOf<'BatchNormalization'>, 'epsilon' | 'scale' | 'center'> {
  wantChannels(config, inputs);
  return {
    epsilon: config.number('epsilon', 1e-3),
    scale: config.flag('scale', true),
    center: config.flag('center', true),
  };
}

/** Keras' -1, one channel in each group. */
function groupsOf(config: LayerConfig, [input]: readonly Shape[]): number {
  const groups = config.number('groups', 32);
  return groups === -1 ? (input?.at(-1) ?? 1) : groups;
}

export const normalizations: Readonly<Record<string, ClassReading>> = {
  BatchNormalization: {
    read: (config, inputs) => ({ kind: 'BatchNormalization', ...scaling(config, inputs) }),
  },
  LayerNormalization: {
    read(config, inputs) {
      if (config.flag('rms_scaling', false)) config.refuse('rms_scaling');
      return { kind: 'LayerNormalization', ...scaling(config, inputs) };
    },
  },
  GroupNormalization: {
    read: (config, inputs) => ({
      kind: 'GroupNormalization',
      ...scaling(config, inputs),
      groups: groupsOf(config, inputs),
    }),
  },
  UnitNormalization: {
    read(config, inputs) {
      wantChannels(config, inputs);
      return { kind: 'UnitNormalization' };
    },
  },
  Normalization: {
    read(config, inputs) {
      wantChannels(config, inputs);
      const invert = config.flag('invert', false);
      if (config.raw('mean') === undefined) return { kind: 'Normalization', invert };
      const channels = inputs[0]?.at(-1);
      const given = (name: string): readonly number[] => {
        const values = flatNumbers(config.raw(name)) ?? config.refuse(name);
        const one = values.length === 1 && channels !== undefined ? values[0] : undefined;
        return one === undefined ? values : Array<number>(channels ?? 1).fill(one);
      };
      return {
        kind: 'Normalization',
        given: { mean: given('mean'), variance: given('variance') },
        invert,
      };
    },
  },
  LayerScale: { read: () => ({ kind: 'LayerScale' }) },
};

/** Numbers by channel, with or without axes of one around them. */
function flatNumbers(value: unknown): readonly number[] | undefined {
  const flat: readonly unknown[] = [value].flat(Infinity);
  return flat.every((each) => typeof each === 'number') ? flat : undefined;
}
