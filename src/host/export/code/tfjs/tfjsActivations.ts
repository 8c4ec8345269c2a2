import type { Activation, NamedActivation } from '../../../../network/layers/activations';
import type { ParametricActivation } from '../../../../network/layers/parametricActivations';
import type { Step } from '../layerCode';

const ops: { readonly [A in Exclude<NamedActivation, 'linear'>]: string } = {
  relu: 'tf.relu',
  relu6: 'tf.relu6',
  sigmoid: 'tf.sigmoid',
  tanh: 'tf.tanh',
  silu: 'silu',
  hard_sigmoid: 'hardSigmoid',
  hard_silu: 'hardSilu',
  elu: 'tf.elu',
  selu: 'tf.selu',
  softplus: 'tf.softplus',
  softsign: 'softsign',
  exponential: 'tf.exp',
  mish: 'mish',
  gelu: 'gelu',
  gelu_tanh: 'geluTanh',
  erf: 'tf.erf',
  abs: 'tf.abs',
};

/** A function of each value by itself, or the softmax over the last axis. */
export function tfjsActivation(activation: Activation): readonly Step[] {
  if (activation === 'linear') return [];
  if (activation === 'softmax') return [(x) => `tf.softmax(${x})`];
  if (typeof activation === 'string') return [(x) => `${ops[activation]}(${x})`];
  return parametric(activation);
}

/** The values of a layer with its bias and activation; in one expression where that sees its values once. */
export function biasedAndActivated(
  sums: Step,
  bias: string | undefined,
  activation: Activation,
): readonly Step[] {
  const biased: Step =
    bias === undefined ? sums : (...inputs) => `tf.add(${sums(...inputs)}, ${bias})`;
  const [first, ...rest] = tfjsActivation(activation);
  if (!first || typeof activation !== 'string') return [biased, ...(first ? [first, ...rest] : [])];
  return [sums, (x) => first(bias === undefined ? x : `tf.add(${x}, ${bias})`)];
}

function parametric(activation: ParametricActivation): readonly Step[] {
  switch (activation.function) {
    case 'bent': {
      const { slope, threshold, most } = activation;
      const bent: Step =
        threshold === 0
          ? (x) => `tf.leakyRelu(${x}, ${slope})`
          : (x) =>
              `tf.where(tf.greaterEqual(${x}, ${threshold}), ${x}, tf.mul(tf.sub(${x}, ${threshold}), ${slope}))`;
      return [bent, ...(most === undefined ? [] : [(x: string) => `tf.minimum(${x}, ${most})`])];
    }
    case 'ramp': {
      const { slope, offset } = activation;
      return [(x) => `tf.clipByValue(tf.add(tf.mul(${x}, ${slope}), ${offset}), 0, 1)`];
    }
    case 'clip': {
      const { least, most } = activation;
      return [
        ...(most === undefined ? [] : [(x: string) => `tf.minimum(${x}, ${most})`]),
        ...(least === undefined ? [] : [(x: string) => `tf.maximum(${x}, ${least})`]),
      ];
    }
    case 'elu':
      return [(x) => `elu(${x}, ${activation.alpha})`];
    case 'log':
      return [(x) => `tf.log(${x})`];
    case 'power': {
      const { exponent } = activation;
      if (exponent === 0.5) return [(x) => `tf.sqrt(${x})`];
      return [(x) => (exponent === -1 ? `tf.div(1, ${x})` : `tf.pow(${x}, ${exponent})`)];
    }
    case 'quantise': {
      const { scale, zeroPoint, least, most } = activation;
      return [
        (x) =>
          `tf.clipByValue(tf.add(tf.round(tf.div(${x}, ${scale})), ${zeroPoint}), ${least}, ${most})`,
        (x) => `tf.mul(tf.sub(${x}, ${zeroPoint}), ${scale})`,
      ];
    }
  }
}
