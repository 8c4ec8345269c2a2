import type {
  Activation,
  NamedActivation,
  PointwiseActivation,
} from '../../src/network/layers/activations';
import { range, sumOf } from './plainCells';

/** What a layer's own activation makes of its sums, `width` of them for each cell. */
export function activate(sums: number[], activation: Activation, width: number): number[] {
  if (activation !== 'softmax') return sums.map((x) => activateOne(x, activation));
  return sums.map((z, i) => {
    const first = i - (i % width);
    const row = sums.slice(first, first + width);
    return 1 / sumOf(row.map((other) => Math.exp(other - z)));
  });
}

/** A function of one value, by its definition. */
export function activateOne(x: number, activation: PointwiseActivation): number {
  if (typeof activation === 'string') return functions[activation](x);
  switch (activation.function) {
    case 'bent': {
      const { slope, threshold, most = Infinity } = activation;
      return Math.min(most, x < threshold ? slope * (x - threshold) : x);
    }
    case 'ramp':
      return Math.max(0, Math.min(1, activation.slope * x + activation.offset));
    case 'clip':
      return Math.max(activation.least!, Math.min(activation.most!, x));
    case 'log':
      return Math.log(x);
    case 'power':
      return Math.exp(Math.log(x) * activation.exponent);
    case 'quantise': {
      const { scale, zeroPoint, least, most } = activation;
      const step = Math.round(x / scale) + zeroPoint;
      return scale * (Math.max(least, Math.min(most, step)) - zeroPoint);
    }
    case 'elu':
      return x > 0 ? x : activation.alpha * (Math.exp(x) - 1);
  }
}

/** The integral of the bell curve, by Simpson's rule. */
function bellBelow(x: number): number {
  const steps = 2000;
  const width = x / steps;
  const bell = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  const inner = range(steps - 1).map((i) => bell((i + 1) * width) * (i % 2 === 0 ? 4 : 2));
  return 0.5 + (width / 3) * (bell(0) + sumOf(inner) + bell(x));
}

const functions: { readonly [A in NamedActivation]: (x: number) => number } = {
  linear: (x) => x,
  relu: (x) => (x > 0 ? x : 0),
  relu6: (x) => (x > 6 ? 6 : x > 0 ? x : 0),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: (x) => (Math.exp(x) - Math.exp(-x)) / (Math.exp(x) + Math.exp(-x)),
  silu: (x) => x / (1 + Math.exp(-x)),
  hard_sigmoid: (x) => (x < -3 ? 0 : x > 3 ? 1 : (x + 3) / 6),
  hard_silu: (x) => (x < -3 ? 0 : x > 3 ? x : (x * (x + 3)) / 6),
  elu: (x) => (x > 0 ? x : Math.exp(x) - 1),
  softplus: (x) => Math.log(1 + Math.exp(x)),
  selu: (x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.exp(x) - 1)),
  softsign: (x) => (x > 0 ? x / (1 + x) : x / (1 - x)),
  exponential: (x) => Math.exp(x),
  mish: (x) => x * Math.tanh(Math.log(1 + Math.exp(x))),
  gelu: (x) => x * bellBelow(x),
  erf: (x) => 2 * bellBelow(x * Math.SQRT2) - 1,
  abs: (x) => (x < 0 ? -x : x),
  gelu_tanh: (x) => x / (1 + Math.exp(-2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))),
};
