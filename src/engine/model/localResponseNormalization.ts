import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import type { LayerOf } from '../../network/layers/layer';

type Settings = LayerOf<'LocalResponseNormalization'>;

/** Response normalisation across channels (paper, section 3.3), which tf.layers lacks. */
export class LocalResponseNormalization extends tfl.layers.Layer {
  static readonly className = 'LocalResponseNormalization';

  constructor(private readonly settings: Settings) {
    super({ name: settings.name });
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D;
    const { depthRadius, bias, alpha, beta } = this.settings;
    return tf.localResponseNormalization(x, depthRadius, bias, alpha, beta);
  }
}
