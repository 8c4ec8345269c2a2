import type { ClassReading } from './layerClass';

/** Layers that move values and change none. */
export const shaping: Readonly<Record<string, ClassReading>> = {
  Flatten: { read: () => ({ kind: 'Flatten' }) },
  ZeroPadding2D: {
    read: (config) => ({ kind: 'ZeroPadding2D', padding: config.pads('padding') }),
  },
};
