import type * as tf from '@tensorflow/tfjs-core';
import type { LayerKind, LayerOf, WeightName } from '../../network/layers/layer';

/** The tensors that together are one weight: one, or one for each tower where its outputs are split. */
export type WeightTensors = (name: WeightName) => readonly tf.Tensor[];

/** What a layer may use and tell while a network learns from a batch. */
export interface TrainingPass {
  /** Where random draws of this layer start in this step. */
  readonly seed: number;
  /** Takes the batch's mean and population variance of each channel, for the moving ones; copies what it keeps. */
  readonly noteMoments: (mean: tf.Tensor, variance: tf.Tensor) => void;
}

/** How layers of one kind run on TensorFlow.js. */
export interface LayerRunner<K extends LayerKind> {
  /** Into how many tensors each weight is split along its outputs: 1 where it is left out. */
  readonly towers?: (layer: LayerOf<K>) => number;
  /** Computes [batch, ...outputShape] from the inputs in the layer's order, all but a softmax; a tidy frees what is between. */
  readonly run: (
    layer: LayerOf<K>,
    inputs: readonly tf.Tensor[],
    weights: WeightTensors,
  ) => tf.Tensor;
  /** The same while the network learns, where that is another thing. */
  readonly train?: (
    layer: LayerOf<K>,
    inputs: readonly tf.Tensor[],
    weights: WeightTensors,
    pass: TrainingPass,
  ) => tf.Tensor;
  /** Whether a softmax follows, which runs apart so that what goes into it can be read: no where it is left out. */
  readonly softmax?: (layer: LayerOf<K>) => boolean;
}

/** The one input of a layer that takes a map, [batch, height, width, channels]. */
export function mapTensor([input]: readonly tf.Tensor[]): tf.Tensor4D {
  return input as tf.Tensor4D;
}
