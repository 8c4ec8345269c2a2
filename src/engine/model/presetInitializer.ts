import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import type { Shape } from '../../network/tensor/shape';
import { EngineError } from '../engineError';
import { handOver } from './handOver';

type Initializer = ReturnType<typeof tfl.initializers.zeros>;

/**
 * Gives a layer its weights as it is built, so that they are never allocated twice. The values must not change afterwards.
 * They are let go with the first use: the layer keeps its initializer for life.
 */
export function presetInitializer(values: Float32Array, shape: Shape): Initializer {
  let waiting: Float32Array | undefined = values;
  return Object.assign(tfl.initializers.zeros(), {
    apply: () => {
      if (!waiting) throw new EngineError('a layer was built twice from the same weights');
      const tensor = handOver(tf.tensor(waiting, [...shape], 'float32'));
      waiting = undefined;
      return tensor;
    },
  });
}
