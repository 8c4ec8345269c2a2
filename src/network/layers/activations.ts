import { type ParametricActivation, parametricRule } from './parametricActivations';

/** Activations by Keras' names, where these stand for one function. */
export type NamedActivation =
  | 'linear'
  | 'relu'
  | 'relu6'
  | 'sigmoid'
  | 'tanh'
  | 'silu'
  | 'hard_sigmoid'
  | 'hard_silu'
  | 'elu'
  | 'selu'
  | 'softplus'
  | 'softsign'
  | 'exponential'
  | 'mish'
  | 'gelu'
  | 'gelu_tanh'
  | 'erf'
  | 'abs';

/** An activation that sees one value at a time. */
export type PointwiseActivation = NamedActivation | ParametricActivation;

/** All but softmax are functions of one value. */
export type Activation = PointwiseActivation | 'softmax';

export interface ActivationRule {
  /** As papers write it. */
  readonly title: string;
  /** What it makes of one value, in double precision. */
  readonly apply: (x: number) => number;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
/** Keras 3's: the straight line from (-3, 0) to (3, 1). */
const hardSigmoid = (x: number): number => Math.min(1, Math.max(0, x / 6 + 0.5));
/** log(1 + e^x) without overflow: max(0, x) is factored out. */
const softplus = (x: number): number => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));

/** Klambauer et al. 2017, "Self-normalizing neural networks", equation 14. */
export const seluConstants = { scale: 1.0507009873554805, alpha: 1.6732632423543772 } as const;
const { scale, alpha } = seluConstants;

/** Up to here the error function's series converges fast: terms until 1e-17 of the sum. */
const seriesReach = 3;
const fractionDepth = 60;

/** The error function, to some 15 digits: its Taylor series, and far out Lentz's continued fraction (DLMF 7.6.1, 7.9.1). */
function erf(x: number): number {
  const size = Math.abs(x);
  return Math.sign(x) * (size < seriesReach ? series(size) : 1 - tail(size));
}

function series(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * sum; n++) {
    term *= -(x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

function tail(x: number): number {
  let fraction = x;
  for (let n = fractionDepth; n > 0; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}

/** Every named activation as Keras 3 defines it. */
export const named: { readonly [K in NamedActivation]: ActivationRule } = {
  linear: { title: 'linear', apply: (x) => x },
  relu: { title: 'ReLU', apply: (x) => Math.max(0, x) },
  relu6: { title: 'ReLU6', apply: (x) => Math.min(6, Math.max(0, x)) },
  sigmoid: { title: 'sigmoid', apply: sigmoid },
  tanh: { title: 'tanh', apply: Math.tanh },
  silu: { title: 'SiLU', apply: (x) => x * sigmoid(x) },
  hard_sigmoid: { title: 'hard sigmoid', apply: hardSigmoid },
  hard_silu: { title: 'hard SiLU', apply: (x) => x * hardSigmoid(x) },
  elu: { title: 'ELU', apply: (x) => (x > 0 ? x : Math.expm1(x)) },
  selu: { title: 'SELU', apply: (x) => scale * (x > 0 ? x : alpha * Math.expm1(x)) },
  softplus: { title: 'softplus', apply: softplus },
  softsign: { title: 'softsign', apply: (x) => x / (1 + Math.abs(x)) },
  exponential: { title: 'exponential', apply: Math.exp },
  mish: { title: 'Mish', apply: (x) => x * Math.tanh(softplus(x)) },
  gelu: { title: 'GELU', apply: (x) => (x / 2) * (1 + erf(x / Math.SQRT2)) },
  gelu_tanh: {
    title: 'GELU, by tanh',
    apply: (x) => (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
  },
  erf: { title: 'error function', apply: erf },
  abs: { title: 'absolute value', apply: Math.abs },
};

/** What an activation is called, and what it makes of a value. */
export function activationRule(activation: PointwiseActivation): ActivationRule {
  return typeof activation === 'string' ? named[activation] : parametricRule(activation);
}

/** `ReLU`, `softmax`: an activation as papers write it. */
export function activationTitle(activation: Activation): string {
  return activation === 'softmax' ? 'softmax' : activationRule(activation).title;
}
