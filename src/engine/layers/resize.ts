import * as tf from '@tensorflow/tfjs-core';
import type { LayerRunner } from './layerRunner';
import { mapTensor } from './layerRunner';

/** Another height and width, the middles of cells over each other. */
export const resize: LayerRunner<'Resize'> = {
  run({ size, interpolation }, inputs) {
    const to: [number, number] = [...size];
    return interpolation === 'nearest'
      ? tf.image.resizeNearestNeighbor(mapTensor(inputs), to, false, true)
      : tf.image.resizeBilinear(mapTensor(inputs), to, false, true);
  },
};
