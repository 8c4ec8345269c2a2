import type { PointwiseActivation } from '../../../../network/layers/activations';
import { NetworkError } from '../../../../network/tensor/networkError';
import { elementCount } from '../../../../network/tensor/shape';
import { type Constant, filled } from '../../onnx/graph/constant';
import type { TensorValue, Value } from '../../onnx/values/value';
import type { TfOperation } from './tfOperation';

/** What follows a product in the same operator. */
export interface Fused {
  readonly bias: Constant | undefined;
  /** That of the product's own layer. */
  readonly activation: PointwiseActivation;
  /** A tensor that is added in the place of a bias, and what follows that. */
  readonly sum: { readonly added: Value; readonly activation: PointwiseActivation } | undefined;
  /** Where slopes that are learnt follow, their input. */
  readonly slopes: number | undefined;
  /** What the product's layer is called after the operator's where others follow it. */
  readonly part: string | undefined;
}

const activations: ReadonlyMap<string, (operation: TfOperation) => PointwiseActivation> = new Map<
  string,
  (operation: TfOperation) => PointwiseActivation
>([
  ['Relu', () => 'relu'],
  ['Relu6', () => 'relu6'],
  ['Elu', () => 'elu'],
  ['Sigmoid', () => 'sigmoid'],
  ['Tanh', () => 'tanh'],
  ['GeluApproximate', () => 'gelu_tanh'],
  ['GeluExact', () => 'gelu'],
  ['LeakyRelu', leaky],
]);

/** ReLU with a slope below 0. */
export function leaky(operation: TfOperation): PointwiseActivation {
  const name = operation.op === 'LeakyRelu' ? 'alpha' : 'leakyrelu_alpha';
  return { function: 'bent', slope: operation.number(name, 0.2), threshold: 0 };
}

/** What a fused operator does after its product of two inputs; a plain one does the sum that alone follows it. */
export function fusedWith(operation: TfOperation, channels: number): Fused {
  const steps = operation.text('fused_ops', '').split(',').filter(Boolean);
  let activation: PointwiseActivation = 'linear';
  for (const step of steps) {
    if (step !== 'BiasAdd' && step !== 'Prelu') activation = activationAfter(operation, step);
  }
  const slopes = steps.includes('Prelu') ? 3 : undefined;
  const third = steps.includes('BiasAdd') ? operation.value(2) : undefined;
  if (third && third.kind !== 'constant') {
    const sum = { added: third, activation };
    return { bias: undefined, activation: 'linear', sum, slopes, part: 'product' };
  }
  const bias = third ? wide(third.constant, channels) : followingBias(operation, channels);
  return {
    bias: third || steps.length === 0 ? bias : undefined,
    ...{ activation, slopes, sum: undefined },
    part: slopes === undefined ? undefined : 'product',
  };
}

/** One number for all channels as a number for each. */
function wide(bias: Constant, channels: number): Constant {
  const [number] = bias.values ?? [];
  const isOne = elementCount(bias.dims) === 1 && number !== undefined;
  return isOne ? filled(bias.name, [channels], number, false) : bias;
}

function activationAfter(operation: TfOperation, step: string): PointwiseActivation {
  const activation = activations.get(step)?.(operation);
  if (activation !== undefined) return activation;
  throw new NetworkError(`${operation.op} ends in ${step}, which is not known here`);
}

/** The sum with a list that alone follows a product. */
function followingBias(operation: TfOperation, channels: number): Constant | undefined {
  const node = followingSum(operation);
  const value = node && operation.around.value(node.inputs[1] ?? '');
  if (value?.kind !== 'constant') return undefined;
  const { dims } = value.constant;
  return dims.length === 1 && dims[0] === channels ? value.constant : undefined;
}

function followingSum(operation: TfOperation) {
  const [product = ''] = operation.node.outputs;
  const node = operation.around.soleUser(product);
  return node?.op === 'BiasAdd' && node.inputs[0] === product ? node : undefined;
}

/** What a product makes together with what follows it. */
export function ended(
  operation: TfOperation,
  made: TensorValue,
  { bias, sum, slopes }: Fused,
): Value {
  const isFused = operation.text('fused_ops', '') !== '';
  const node = bias && !isFused ? followingSum(operation) : undefined;
  if (node) operation.around.absorb(node, made);
  const summed = sum ? withSum(operation, made, sum) : made;
  return slopes === undefined ? summed : operation.one('PRelu', [summed, operation.value(slopes)]);
}

function withSum(
  operation: TfOperation,
  made: TensorValue,
  { added, activation }: NonNullable<Fused['sum']>,
): Value {
  const value = operation.one('Add', [made, added]);
  if (activation === 'linear' || value.kind !== 'tensor') return value;
  return operation.alike({ kind: 'Activation', activation }, value);
}
