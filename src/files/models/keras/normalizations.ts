import { NetworkError } from '../../../network/tensor/networkError';
import type { Shape } from '../../../network/tensor/shape';
import type { ClassReading } from './layerClass';
import type { LayerConfig } from './layerConfig';

/** Throws where a layer does not normalise along channels, which Keras counts from 1, or from the end. */
export function wantChannels(config: LayerConfig, [input]: readonly Shape[]): void {
  const [axis = -1, ...more] = config.raw('axis') === undefined ? [] : config.numbers('axis');
  const isLast = axis === -1 || !input || axis === input.length;
  if (isLast && more.length === 0) return;
  throw new NetworkError(
    `${config.className} along axis ${[axis, ...more].join(', ')} is not known here: channels are the last`,
  );
}

export const normalizations: Readonly<Record<string, ClassReading>> = {
  BatchNormalization: {
    read(config, inputs) {
      wantChannels(config, inputs);
      if (!config.flag('scale', true)) config.refuse('scale');
      if (!config.flag('center', true)) config.refuse('center');
      return { kind: 'BatchNormalization', epsilon: config.number('epsilon', 1e-3) };
    },
  },
};
