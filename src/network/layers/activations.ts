/** Activations by Keras' names; all but softmax are functions of one value. */
export type Activation =
  | 'linear'
  | 'relu'
  | 'relu6'
  | 'sigmoid'
  | 'tanh'
  | 'silu'
  | 'hard_sigmoid'
  | 'hard_silu'
  | 'elu'
  | 'softplus'
  | 'softmax';

/** An activation that sees one value at a time. */
export type PointwiseActivation = Exclude<Activation, 'softmax'>;

interface ActivationRule {
  /** As papers write it. */
  readonly title: string;
  /** What it makes of one value, in double precision. */
  readonly apply: (x: number) => number;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
/** Keras 3's: the straight line from (-3, 0) to (3, 1). */
const hardSigmoid = (x: number): number => Math.min(1, Math.max(0, x / 6 + 0.5));

/** Every pointwise activation as Keras 3 defines it. */
export const pointwise: { readonly [K in PointwiseActivation]: ActivationRule } = {
  linear: { title: 'linear', apply: (x) => x },
  relu: { title: 'ReLU', apply: (x) => Math.max(0, x) },
  relu6: { title: 'ReLU6', apply: (x) => Math.min(6, Math.max(0, x)) },
  sigmoid: { title: 'sigmoid', apply: sigmoid },
  tanh: { title: 'tanh', apply: Math.tanh },
  silu: { title: 'SiLU', apply: (x) => x * sigmoid(x) },
  hard_sigmoid: { title: 'hard sigmoid', apply: hardSigmoid },
  hard_silu: { title: 'hard SiLU', apply: (x) => x * hardSigmoid(x) },
  elu: { title: 'ELU', apply: (x) => (x > 0 ? x : Math.expm1(x)) },
  softplus: {
    title: 'softplus',
    // log(1 + e^x) without overflow: max(0, x) is factored out.
    apply: (x) => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x))),
  },
};

/** `ReLU`, `softmax`: an activation as papers write it. */
export function activationTitle(activation: Activation): string {
  return activation === 'softmax' ? 'softmax' : pointwise[activation].title;
}
