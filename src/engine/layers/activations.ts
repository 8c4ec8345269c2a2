import * as tf from '@tensorflow/tfjs-core';
import type { Activation, PointwiseActivation } from '../../network/layers/activations';
import type { LayerRunner } from './layerRunner';

type PointwiseOp = (x: tf.Tensor) => tf.Tensor;

const hardSigmoid: PointwiseOp = (x) => tf.clipByValue(tf.add(tf.div(x, 6), 0.5), 0, 1);

const ops: { readonly [A in PointwiseActivation]: PointwiseOp } = {
  linear: (x) => tf.clone(x),
  relu: (x) => tf.relu(x),
  relu6: (x) => tf.relu6(x),
  sigmoid: (x) => tf.sigmoid(x),
  tanh: (x) => tf.tanh(x),
  silu: (x) => tf.mul(x, tf.sigmoid(x)),
  hard_sigmoid: hardSigmoid,
  hard_silu: (x) => tf.mul(x, hardSigmoid(x)),
  elu: (x) => tf.elu(x),
  softplus: (x) => tf.softplus(x),
};

/** A function of each value by itself. */
export const activationLayer: LayerRunner<'Activation'> = {
  run: ({ activation }, [x]) => ops[activation](x as tf.Tensor),
};

/** The part of an activation that fused kernels do on every backend. */
export function fusedPart(activation: Activation): 'linear' | 'relu' {
  return activation === 'relu' ? 'relu' : 'linear';
}

/** The rest of it; a softmax runs apart. */
export function remainingPart(x: tf.Tensor, activation: Activation): tf.Tensor {
  const done = activation === 'linear' || activation === 'softmax';
  return done || fusedPart(activation) === activation ? x : ops[activation](x);
}
