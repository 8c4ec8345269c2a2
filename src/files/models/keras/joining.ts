import type { MergeOperation } from '../../../network/layers/layer';
import { NetworkError } from '../../../network/tensor/networkError';
import type { ClassReading } from './layerClass';

function merging(operation: MergeOperation): ClassReading {
  return { read: () => ({ kind: 'Merge', operation }) };
}

export const joining: Readonly<Record<string, ClassReading>> = {
  Add: merging('add'),
  Subtract: merging('subtract'),
  Multiply: merging('multiply'),
  Average: merging('average'),
  Maximum: merging('maximum'),
  Minimum: merging('minimum'),
  // InceptionResNetV2's own: the first input and a share of the second.
  CustomScaleLayer: {
    first: {
      name: 'share',
      input: 1,
      read: (config) => ({ kind: 'Rescaling', scale: config.number('scale'), offset: 0 }),
    },
    ...merging('add'),
  },
  Concatenate: {
    read(config, [input]) {
      const axis = config.number('axis', -1);
      // Keras counts the batch as axis 0.
      if (axis === -1 || !input || axis === input.length) return { kind: 'Concatenate' };
      throw new NetworkError(`Concatenate along axis ${axis} is not known here: channels are`);
    },
  },
};
