import type { ClassReading } from './layerClass';
import type { LayerConfig } from './layerConfig';

function sliding(config: LayerConfig) {
  const pool = config.pair('pool_size', [2, 2]);
  return {
    pool,
    stride: config.pair('strides', pool),
    padding: config.padding(),
    ceil: false,
  };
}

export const poolings: Readonly<Record<string, ClassReading>> = {
  MaxPooling2D: { read: (config) => ({ kind: 'MaxPooling2D', ...sliding(config) }) },
  AveragePooling2D: {
    read: (config) => ({ kind: 'AveragePooling2D', ...sliding(config), countPadding: false }),
  },
  GlobalMaxPooling2D: {
    read: (config) => ({ kind: 'GlobalMaxPooling2D', keepDims: config.flag('keepdims', false) }),
  },
  GlobalAveragePooling2D: {
    read: (config) => ({
      kind: 'GlobalAveragePooling2D',
      keepDims: config.flag('keepdims', false),
    }),
  },
};
