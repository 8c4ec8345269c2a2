import * as tf from '@tensorflow/tfjs-core';
import type { Activation, NamedActivation } from '../../network/layers/activations';
import type { PointwiseActivation } from '../../network/layers/activations';
import type { ParametricActivation } from '../../network/layers/parametricActivations';
import type { LayerRunner } from './layerRunner';

type PointwiseOp = (x: tf.Tensor) => tf.Tensor;

const ramp = (x: tf.Tensor, slope: number, offset: number): tf.Tensor =>
  tf.clipByValue(tf.add(tf.mul(x, slope), offset), 0, 1);
const hardSigmoid: PointwiseOp = (x) => ramp(x, 1 / 6, 0.5);
const half = (x: tf.Tensor, other: tf.Tensor): tf.Tensor =>
  tf.mul(tf.mul(x, 0.5), tf.add(other, 1));

const ops: { readonly [A in NamedActivation]: PointwiseOp } = {
  linear: (x) => tf.clone(x),
  relu: (x) => tf.relu(x),
  relu6: (x) => tf.relu6(x),
  sigmoid: (x) => tf.sigmoid(x),
  tanh: (x) => tf.tanh(x),
  silu: (x) => tf.mul(x, tf.sigmoid(x)),
  hard_sigmoid: hardSigmoid,
  hard_silu: (x) => tf.mul(x, hardSigmoid(x)),
  elu: (x) => tf.elu(x),
  selu: (x) => tf.selu(x),
  softplus: (x) => tf.softplus(x),
  softsign: (x) => tf.div(x, tf.add(tf.abs(x), 1)),
  exponential: (x) => tf.exp(x),
  mish: (x) => tf.mul(x, tf.tanh(tf.softplus(x))),
  gelu: (x) => half(x, tf.erf(tf.mul(x, Math.SQRT1_2))),
  gelu_tanh(x) {
    const cubic = tf.add(x, tf.mul(tf.mul(tf.mul(x, x), x), 0.044715));
    return half(x, tf.tanh(tf.mul(cubic, Math.sqrt(2 / Math.PI))));
  },
  erf: (x) => tf.erf(x),
  abs: (x) => tf.abs(x),
};

/** A function of each value by itself. */
export const activationLayer: LayerRunner<'Activation'> = {
  run: ({ activation }, [x]) => activated(x as tf.Tensor, activation),
};

function activated(x: tf.Tensor, activation: PointwiseActivation): tf.Tensor {
  return typeof activation === 'string' ? ops[activation](x) : parametric(x, activation);
}

function parametric(x: tf.Tensor, activation: ParametricActivation): tf.Tensor {
  switch (activation.function) {
    case 'bent': {
      const { slope, threshold, most } = activation;
      const below = tf.mul(tf.sub(x, threshold), slope);
      const bent = tf.where(tf.greaterEqual(x, threshold), x, below);
      return most === undefined ? bent : tf.minimum(bent, most);
    }
    case 'ramp':
      return ramp(x, activation.slope, activation.offset);
    case 'clip': {
      const { least = -Infinity, most = Infinity } = activation;
      return tf.maximum(tf.minimum(x, most), least);
    }
    case 'log':
      return tf.log(x);
    case 'power':
      return raised(x, activation.exponent);
    case 'quantise': {
      const { scale, zeroPoint, least, most } = activation;
      const steps = tf.add(tf.round(tf.div(x, scale)), zeroPoint);
      return tf.mul(tf.sub(tf.clipByValue(steps, least, most), zeroPoint), scale);
    }
    case 'elu':
      return tf.add(tf.relu(x), tf.mul(tf.expm1(tf.minimum(x, 0)), activation.alpha));
  }
}

/** Of the powers in use each has its own op, which is exact where a logarithm is not. */
function raised(x: tf.Tensor, exponent: number): tf.Tensor {
  if (exponent === 0.5) return tf.sqrt(x);
  if (exponent === -1) return tf.div(1, x);
  return exponent === 2 ? tf.square(x) : tf.pow(x, exponent);
}

/** The part of an activation that fused kernels do on every backend. */
export function fusedPart(activation: Activation): 'linear' | 'relu' {
  return activation === 'relu' ? 'relu' : 'linear';
}

/** The rest of it; a softmax runs apart. */
export function remainingPart(x: tf.Tensor, activation: Activation): tf.Tensor {
  if (activation === 'linear' || activation === 'softmax') return x;
  return fusedPart(activation) === activation ? x : activated(x, activation);
}
