import { activationOf } from './activations';
import type { ClassReading } from './layerClass';

/** Layers that are functions of each value, and those that do nothing at inference. */
export const pointwiseClasses: Readonly<Record<string, ClassReading>> = {
  Activation: {
    read(config) {
      const activation = activationOf(config);
      return activation === 'softmax' ? { kind: 'Softmax' } : { kind: 'Activation', activation };
    },
  },
  ReLU: {
    read(config) {
      const most = config.raw('max_value');
      if (config.number('negative_slope', 0) !== 0) config.refuse('negative_slope');
      if (config.number('threshold', 0) !== 0) config.refuse('threshold');
      if (most !== undefined && most !== 6) config.refuse('max_value');
      return { kind: 'Activation', activation: most === 6 ? 'relu6' : 'relu' };
    },
  },
  Softmax: { read: () => ({ kind: 'Softmax' }) },
  Rescaling: {
    read: (config) => ({
      kind: 'Rescaling',
      scale: config.number('scale'),
      offset: config.number('offset', 0),
    }),
  },
  Dropout: { read: (config) => ({ kind: 'Dropout', rate: config.number('rate') }) },
  SpatialDropout2D: { read: (config) => ({ kind: 'Dropout', rate: config.number('rate') }) },
};
