import type { Operands } from '../../src/network/layers/operands';
import { activationRule, type Activation } from '../../src/network/layers/activations';
import { isPadding } from '../../src/network/tensor/windowPlace';

type Kind = Operands['kind'];
/** Some operands serve several kinds. */
type Of<K extends Kind, O extends Operands = Operands> = O extends Operands
  ? K extends O['kind']
    ? O
    : never
  : never;

/** The value that operands make, in double precision; `channel` is its place in a list of units. */
export function valueOf(operands: Operands, channel: number): number {
  const compute = kinds[operands.kind] as (operands: Operands, channel: number) => number;
  return compute(operands, channel);
}

const average = ({ inputs, divisor }: Of<'AveragePooling2D'>): number => sum(inputs) / divisor;
const passed = ({ inputs, fill = 0 }: Of<'Flatten'>): number => inputs[0] ?? fill;

const kinds: { readonly [K in Kind]: (operands: Of<K>, channel: number) => number } = {
  Conv2D: ({ inputs, kernel, bias, activation }) =>
    activate(weighted(inputs, kernel) + (bias ?? 0), activation),
  Dense: ({ inputs, kernel, bias, activation, logits }, channel) =>
    activation === 'softmax'
      ? share(logits, channel % logits.length)
      : activate(weighted(inputs, kernel) + (bias ?? 0), activation),
  MaxPooling2D: ({ window, inputs }) =>
    inputs.reduce(
      (most, x, place) => (isPadding(window, place) ? most : Math.max(most, x)),
      -Infinity,
    ),
  AveragePooling2D: average,
  AdaptiveAveragePooling2D: average,
  GlobalAveragePooling2D: average,
  GlobalMaxPooling2D: ({ inputs }) => Math.max(...inputs),
  LayerNormalization: moments,
  GroupNormalization: moments,
  UnitNormalization: ({ inputs, centre }) => inputs[centre]! / Math.sqrt(weighted(inputs, inputs)),
  Normalization: ({ inputs: [x = NaN], mean, deviation, invert }) =>
    invert ? x * deviation + mean : (x - mean) / deviation,
  LayerScale: ({ inputs: [x = NaN], factor }) => x * factor,
  PReLU: ({ inputs: [x = NaN], factor }) => (x > 0 ? x : x * factor),
  Resize: ({ inputs, shares }) => inputs.reduce((sum, x, i) => sum + x * shares[i]!, 0),
  BatchNormalization: ({ inputs: [x = NaN], mean, variance, gamma, beta, epsilon }) =>
    ((x - mean) / Math.sqrt(variance + epsilon)) * gamma + beta,
  LocalResponseNormalization: ({ inputs, centre, bias, alpha, beta }) =>
    inputs[centre]! / (bias + alpha * weighted(inputs, inputs)) ** beta,
  Softmax: ({ inputs }, channel) => share(inputs, channel % inputs.length),
  Activation: ({ inputs: [x = NaN], activation }) => activationRule(activation).apply(x),
  Rescaling: ({ inputs: [x = NaN], scale, offset }) => x * scale + offset,
  Merge({ inputs, operation }) {
    switch (operation) {
      case 'add':
        return sum(inputs);
      case 'subtract':
        return inputs[0]! - inputs[1]!;
      case 'multiply':
        return inputs.reduce((product, x) => product * x, 1);
      case 'average':
        return sum(inputs) / inputs.length;
      case 'maximum':
        return Math.max(...inputs);
      case 'minimum':
        return Math.min(...inputs);
    }
  },
  Flatten: passed,
  Dropout: passed,
  Matmul: ({ inputs, others }) => weighted(inputs, others),
  Concatenate: passed,
  ZeroPadding2D: passed,
  Cropping2D: passed,
  Reshape: passed,
  Permute: passed,
  Slice: passed,
  Identity: passed,
};

function moments({ inputs, centre, epsilon, gamma, beta }: Of<'LayerNormalization'>): number {
  const mean = sum(inputs) / inputs.length;
  const variance = inputs.reduce((total, x) => total + (x - mean) ** 2, 0) / inputs.length;
  return ((inputs[centre]! - mean) / Math.sqrt(variance + epsilon)) * (gamma ?? 1) + (beta ?? 0);
}

function sum(values: Float32Array): number {
  return values.reduce((total, x) => total + x, 0);
}

function weighted(values: Float32Array, weights: Float32Array): number {
  return values.reduce((total, x, i) => total + x * weights[i]!, 0);
}

function share(logits: Float32Array, channel: number): number {
  return 1 / logits.reduce((total, z) => total + Math.exp(z - logits[channel]!), 0);
}

function activate(x: number, activation: Activation): number {
  return activation === 'softmax' ? NaN : activationRule(activation).apply(x);
}
