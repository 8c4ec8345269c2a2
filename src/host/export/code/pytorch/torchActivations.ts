import type { Activation, NamedActivation } from '../../../../network/layers/activations';
import type { ParametricActivation } from '../../../../network/layers/parametricActivations';
import type { Step } from '../layerCode';
import { pythonNumber } from '../literals';

const ops: { readonly [A in Exclude<NamedActivation, 'linear'>]: Step } = {
  relu: (x) => `F.relu(${x})`,
  relu6: (x) => `F.relu6(${x})`,
  sigmoid: (x) => `torch.sigmoid(${x})`,
  tanh: (x) => `torch.tanh(${x})`,
  silu: (x) => `F.silu(${x})`,
  hard_sigmoid: (x) => `F.hardsigmoid(${x})`,
  hard_silu: (x) => `F.hardswish(${x})`,
  elu: (x) => `F.elu(${x})`,
  selu: (x) => `F.selu(${x})`,
  softplus: (x) => `F.softplus(${x})`,
  softsign: (x) => `F.softsign(${x})`,
  exponential: (x) => `torch.exp(${x})`,
  mish: (x) => `F.mish(${x})`,
  gelu: (x) => `F.gelu(${x})`,
  gelu_tanh: (x) => `F.gelu(${x}, approximate="tanh")`,
  erf: (x) => `torch.erf(${x})`,
  abs: (x) => `torch.abs(${x})`,
};

/** `dim` is the axis of the channels. */
export function torchActivation(activation: Activation, dim: number): readonly Step[] {
  if (activation === 'linear') return [];
  if (activation === 'softmax') return [(x) => `F.softmax(${x}, dim=${dim})`];
  return typeof activation === 'string' ? [ops[activation]] : parametric(activation);
}

/** A layer with its activation around it, as far as that sees its values once. */
export function activated(layer: Step, activation: Activation, dim: number): readonly Step[] {
  const [first, ...rest] = torchActivation(activation, dim);
  if (!first) return [layer];
  if (typeof activation !== 'string') return [layer, first, ...rest];
  return [(...inputs) => first(layer(...inputs))];
}

function parametric(activation: ParametricActivation): readonly Step[] {
  switch (activation.function) {
    case 'bent':
      return bentSteps(activation);
    case 'ramp': {
      const { slope, offset } = activation;
      return [(x) => `(${pythonNumber(slope)} * ${x} + ${pythonNumber(offset)}).clamp(0, 1)`];
    }
    case 'clip': {
      const { least, most } = activation;
      const bounds = Object.entries({ min: least, max: most }).flatMap(([key, value]) =>
        value === undefined ? [] : [`${key}=${pythonNumber(value)}`],
      );
      return bounds.length === 0 ? [] : [(x) => `${x}.clamp(${bounds.join(', ')})`];
    }
    case 'elu':
      return [(x) => `F.elu(${x}, alpha=${pythonNumber(activation.alpha)})`];
    case 'log':
      return [(x) => `torch.log(${x})`];
    case 'power': {
      const { exponent } = activation;
      if (exponent === 0.5) return [(x) => `torch.sqrt(${x})`];
      return [(x) => (exponent === -1 ? `1 / ${x}` : `${x} ** ${pythonNumber(exponent)}`)];
    }
    case 'quantise': {
      const { scale, zeroPoint, least, most } = activation;
      return [
        (x) => `(torch.round(${x} / ${scale}) + ${zeroPoint}).clamp(${least}, ${most})`,
        (x) => `(${x} - ${zeroPoint}) * ${scale}`,
      ];
    }
  }
}

function bentSteps({
  slope,
  threshold,
  most,
}: Extract<ParametricActivation, { readonly function: 'bent' }>): readonly Step[] {
  const [by, from] = [pythonNumber(slope), pythonNumber(threshold)];
  const bent: Step = (x) =>
    threshold === 0
      ? `F.leaky_relu(${x}, ${by})`
      : `torch.where(${x} >= ${from}, ${x}, ${by} * (${x} - ${from}))`;
  return [
    bent,
    ...(most === undefined ? [] : [(x: string) => `${x}.clamp(max=${pythonNumber(most)})`]),
  ];
}
