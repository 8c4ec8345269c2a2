import * as tf from '@tensorflow/tfjs-core';
import { layerNamed } from '../../network/network';
import { elementCount } from '../../network/tensor/shape';
import type { BuiltModel } from '../model/builtModel';
import { endsInRelu, inputGradients } from './layerGradients';
import { followBack, type BackwardOptions } from './signals';
import { valuesAtTarget, type Target } from './target';

/** What a ReLU hands back of a signal dy, where it gave y. */
type ReluRule = (dy: tf.Tensor, y: tf.Tensor) => tf.Tensor;

/** The gradient's, and two whose signal is none (Springenberg et al. 2015, figure 1). */
export const reluRules = {
  gradient: (dy, y) => tf.mul(dy, tf.step(y)),
  guided: (dy, y) => tf.mul(tf.relu(dy), tf.step(y)),
  deconvnet: (dy) => tf.relu(dy),
} as const satisfies Readonly<Record<string, ReluRule>>;

/**
 * The gradient of each picture's target to a layer's values, [n, ...outputShape]; the tensor is the caller's. A pool's
 * goes to the first maximum of its window.
 */
export function gradientAt(
  options: BackwardOptions,
  relu: ReluRule = reluRules.gradient,
): Promise<tf.Tensor> {
  const { model, trace, target } = options;
  return followBack(options, slopes(model, target, trace.count), (step, { inputs, signal }) => {
    const { name } = step.layer;
    const dy = endsInRelu(step) ? relu(signal, trace.of(name)) : signal;
    return inputGradients(step, { inputs, dy }, name === target.layer);
  });
}

/** The target's slope to its own layer's values, for each picture: its weights. */
function slopes({ network }: BuiltModel, target: Target, count: number): tf.Tensor {
  const { outputShape } = layerNamed(network, target.layer);
  const values = valuesAtTarget(target, elementCount(outputShape), (weight) => weight);
  return tf.tidy(() => {
    const one = tf.tensor(values, [1, ...outputShape], 'float32');
    return tf.tile(one, [count, ...outputShape.map(() => 1)]);
  });
}
