import type { PointwiseActivation } from '../../../../network/layers/activations';
import { NetworkError } from '../../../../network/tensor/networkError';
import type { Constant } from '../../onnx/graph/constant';
import type { TensorValue, Value } from '../../onnx/values/value';
import type { TfOperation } from '../tfOperation';

/** What follows a product in the same operator. */
export interface Fused {
  readonly bias: Constant | undefined;
  readonly activation: PointwiseActivation;
  /** Where slopes that are learnt follow, their input. */
  readonly slopes: number | undefined;
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
  let bias: Constant | undefined;
  let activation: PointwiseActivation = 'linear';
  let slopes: number | undefined;
  for (const step of steps) {
    if (step === 'BiasAdd') bias = operation.constant(2, 'bias');
    else if (step === 'Prelu') slopes = 3;
    else activation = activationAfter(operation, step);
  }
  if (steps.length === 0) bias = followingBias(operation, channels);
  return { bias, activation, slopes };
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
export function ended(operation: TfOperation, made: TensorValue, { bias, slopes }: Fused): Value {
  const isFused = operation.text('fused_ops', '') !== '';
  const node = bias && !isFused ? followingSum(operation) : undefined;
  if (node) operation.around.absorb(node, made);
  if (slopes === undefined) return made;
  return operation.one('PRelu', [made, operation.value(slopes)]);
}
