import type { PointwiseActivation } from '../../../../network/layers/activations';
import { NetworkError } from '../../../../network/tensor/networkError';
import type { Operation, Operator } from '../values/operation';
import { dimsWords, type TensorValue } from '../values/value';
import { sharedWeight } from './offsets';

function activated(operation: Operation, activation: PointwiseActivation): TensorValue {
  return operation.alike({ kind: 'Activation', activation }, operation.tensor(0));
}

/** A function without settings. */
function named(activation: PointwiseActivation): Operator {
  return (operation) => activated(operation, activation);
}

const elu: Operator = (operation) => {
  const alpha = operation.number('alpha', 1);
  return activated(operation, alpha === 1 ? 'elu' : { function: 'elu', alpha });
};

/** gamma · ELU; with the usual numbers it is what its authors defined. */
const selu: Operator = (operation) => {
  const [alpha, gamma] = [operation.number('alpha'), operation.number('gamma')];
  if (alpha === undefined && gamma === undefined) return activated(operation, 'selu');
  const activation = { function: 'elu', alpha: alpha ?? 1.6732632423543772 } as const;
  const bent = operation.alike({ kind: 'Activation', activation }, operation.tensor(0), {
    part: 'elu',
  });
  return operation.alike(
    { kind: 'Rescaling', scale: gamma ?? 1.0507009873554805, offset: 0 },
    bent,
  );
};

/** Bounds that stand for none. */
const largestFloat = 3.4028234e38;

/** Clip, whose bounds are inputs since version 11. */
const clip: Operator = (operation) => {
  const bound = (name: string, input: number): number | undefined =>
    operation.has(input) ? operation.values(input, name)[0] : operation.number(name);
  const [least = -Infinity, most = Infinity] = [bound('min', 1), bound('max', 2)];
  if (least === 0 && most === 6) return activated(operation, 'relu6');
  if (least === 0 && most >= largestFloat) return activated(operation, 'relu');
  // What is above the upper bound becomes it, also where that is below the lower one.
  return activated(operation, {
    function: 'clip',
    ...(least > -largestFloat && { least: Math.min(least, most) }),
    ...(most < largestFloat && { most }),
  });
};

/** A slope for each channel, or whatever it has axes for; before version 7 a list is of channels. */
const prelu: Operator = (operation) => {
  const x = operation.tensor(0);
  const slope = operation.constant(1, 'slope');
  const { length: rank } = x.dims;
  const isOld = operation.opset < 7 && slope.dims.length === 1;
  const given = isOld ? [slope.dims[0] ?? 1, ...x.dims.slice(2).map(() => 1)] : slope.dims;
  const dims = [...x.dims.slice(given.length).map(() => 1), ...given];
  const fits =
    dims.length === rank && dims.every((size, axis) => size === 1 || size === x.dims[axis]);
  if (!fits)
    throw new NetworkError(
      `a slope ${dimsWords(slope.dims)} does not go with ${dimsWords(x.dims)}`,
    );
  const { weight, sharedAxes } = sharedWeight(slope, dims, x);
  return operation.alike({ kind: 'PReLU', sharedAxes }, x, { weights: { alpha: weight } });
};

/** Powers of one number. */
const power: Operator = (operation) => {
  const [exponent, ...others] = operation.values(1, 'exponent');
  if (exponent === undefined || others.some((each) => each !== exponent)) {
    throw new NetworkError('Pow with several exponents is not known here');
  }
  return activated(operation, { function: 'power', exponent });
};

export const pointwise: Readonly<Record<string, Operator>> = {
  Relu: named('relu'),
  Sigmoid: named('sigmoid'),
  Tanh: named('tanh'),
  Softplus: named('softplus'),
  Softsign: named('softsign'),
  Exp: named('exponential'),
  Mish: named('mish'),
  HardSwish: named('hard_silu'),
  Erf: named('erf'),
  Log: named({ function: 'log' }),
  Abs: named('abs'),
  Sqrt: (operation) => activated(operation, { function: 'power', exponent: 0.5 }),
  Reciprocal: (operation) => activated(operation, { function: 'power', exponent: -1 }),
  Neg: (operation) =>
    operation.alike({ kind: 'Rescaling', scale: -1, offset: 0 }, operation.tensor(0)),
  LeakyRelu: (operation) =>
    activated(operation, {
      function: 'bent',
      slope: operation.number('alpha', 0.01),
      threshold: 0,
    }),
  ThresholdedRelu: (operation) =>
    activated(operation, { function: 'bent', slope: 0, threshold: operation.number('alpha', 1) }),
  HardSigmoid: (operation) =>
    activated(operation, {
      function: 'ramp',
      slope: operation.number('alpha', 0.2),
      offset: operation.number('beta', 0.5),
    }),
  Gelu: (operation) =>
    activated(operation, operation.text('approximate', 'none') === 'tanh' ? 'gelu_tanh' : 'gelu'),
  Elu: elu,
  Selu: selu,
  Clip: clip,
  PRelu: prelu,
  Pow: power,
  Dropout: (operation) =>
    operation.alike({ kind: 'Dropout', rate: operation.number('ratio', 0.5) }, operation.tensor(0)),
  Identity: (operation) => operation.value(0),
  Cast: (operation) => operation.tensor(0),
};
