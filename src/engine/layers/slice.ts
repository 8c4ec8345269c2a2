import * as tf from '@tensorflow/tfjs-core';
import type { LayerRunner } from './layerRunner';

/** A part of a tensor; where places are apart or run back, one axis after the other. */
export const slice: LayerRunner<'Slice'> = {
  run({ starts, steps, counts }, [x]) {
    const whole = x as tf.Tensor;
    const isPlain = steps.every((step) => step === 1);
    if (isPlain) return tf.slice(whole, [0, ...starts], [whole.shape[0], ...counts]);
    return counts.reduce((part, count, axis) => {
      const [start = 0, step = 1] = [starts[axis], steps[axis]];
      const places = Array.from({ length: count }, (_, at) => start + at * step);
      return tf.gather(part, tf.tensor1d(places, 'int32'), axis + 1);
    }, whole);
  },
};
