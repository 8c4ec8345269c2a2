import type { Activation, NamedActivation } from '../../../../network/layers/activations';
import type { ParametricActivation } from '../../../../network/layers/parametricActivations';
import type { Step } from '../layerCode';
import { pythonNumber } from '../literals';

/** Keras has no layers' names for these. */
const ownOps: { readonly [A in NamedActivation]?: Step } = {
  gelu_tanh: (x) => `ops.gelu(${x}, approximate=True)`,
  erf: (x) => `ops.erf(${x})`,
  abs: (x) => `ops.absolute(${x})`,
};

/** What a layer's own `activation` says; undefined for none. */
export function activationKeyword(activation: Activation): string | undefined {
  if (typeof activation !== 'string' || activation === 'linear' || activation in ownOps)
    return undefined;
  return `"${activation}"`;
}

/** What comes behind a layer that has no name for its activation. */
export function activationSteps(activation: Activation): readonly Step[] {
  if (typeof activation !== 'string') return parametricSteps(activation);
  const own = activation === 'softmax' ? undefined : ownOps[activation];
  return own ? [own] : [];
}

function parametricSteps(activation: ParametricActivation): readonly Step[] {
  switch (activation.function) {
    case 'bent':
      return bentSteps(activation);
    case 'ramp': {
      const { slope, offset } = activation;
      return [(x) => `ops.clip(${pythonNumber(slope)} * ${x} + ${pythonNumber(offset)}, 0, 1)`];
    }
    case 'clip': {
      const { least, most } = activation;
      return [
        ...(most === undefined ? [] : [(x: string) => `ops.minimum(${x}, ${pythonNumber(most)})`]),
        ...(least === undefined
          ? []
          : [(x: string) => `ops.maximum(${x}, ${pythonNumber(least)})`]),
      ];
    }
    case 'elu':
      return [(x) => `ops.elu(${x}, alpha=${pythonNumber(activation.alpha)})`];
    case 'log':
      return [(x) => `ops.log(${x})`];
    case 'power':
      return [powerStep(activation.exponent)];
    case 'quantise': {
      const { scale, zeroPoint, least, most } = activation;
      return [
        (x) => `ops.clip(ops.round(${x} / ${scale}) + ${zeroPoint}, ${least}, ${most})`,
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
  const below = threshold === 0 ? '' : ` - ${pythonNumber(threshold)}`;
  const bent: Step = (x) =>
    threshold === 0 && slope !== 0
      ? `ops.leaky_relu(${x}, negative_slope=${pythonNumber(slope)})`
      : `ops.where(${x} >= ${pythonNumber(threshold)}, ${x}, ${pythonNumber(slope)} * (${x}${below}))`;
  if (most === undefined) return [bent];
  return [bent, (x) => `ops.minimum(${x}, ${pythonNumber(most)})`];
}

function powerStep(exponent: number): Step {
  if (exponent === 0.5) return (x) => `ops.sqrt(${x})`;
  return exponent === -1 ? (x) => `1 / ${x}` : (x) => `ops.power(${x}, ${pythonNumber(exponent)})`;
}
