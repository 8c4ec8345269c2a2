import type { OnnxGraph, OnnxNode } from './onnxGraph';
import type { OnnxTensor } from './onnxTensor';
import { isFloatTensor, isIntegerTensor } from './onnxTensor';
import { WeightsError } from '../bytes/weightsError';

/** A constant of the graph that is a weight. */
export interface OnnxWeight {
  readonly tensor: OnnxTensor;
  /** Set where it is quantised. */
  readonly quantised?: QuantisedBy;
}

/** Names, in the graph, of the tensors that scale integers to weights. */
export interface QuantisedBy {
  /** Scales that are multiplied with each other. */
  readonly scales: readonly string[];
  readonly zeroPoint: string | undefined;
  readonly axis: number;
}

/** Indices of the inputs that hold an integer operator's weights. */
interface IntegerInput {
  readonly input: number;
  readonly scales: readonly number[];
  readonly zeroPoint?: number;
  readonly axis: number;
}

const kernelOps = new Set(['Conv', 'ConvTranspose', 'FusedConv', 'Gemm', 'MatMul', 'FusedGemm']);

/** Operators whose constants are no weights: scales, ratios and bounds, or those of quantisation. */
const settingOps = new Set(
  'Cast Clip Constant DequantizeLinear Dropout DynamicQuantizeLinear Identity Pad QuantizeLinear Resize Upsample'.split(
    ' ',
  ),
);

const runTimeOps = new Set(['ConvInteger', 'MatMulInteger', 'DynamicQuantizeMatMul']);

/** Bound of weights; an AlexNet has 16, or 24 with batch norms. */
const maxWeights = 1000;

/** Bound of the chain of Identity, Cast and DequantizeLinear before a constant. */
const maxHops = 8;

/** Constants of a graph that are weights, each once, in the order of use: kernel and bias, layer by layer. */
export function onnxWeights({ nodes, tensors }: OnnxGraph): readonly OnnxWeight[] {
  const makers = new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node])));
  const constant = (name: string, hops = 0): OnnxWeight | undefined => {
    const tensor = tensors.get(name);
    if (tensor) return { tensor };
    const maker = makers.get(name);
    if (!maker || hops === maxHops) return undefined;
    const [first = '', scale = '', zeroPoint] = maker.inputs;
    if (maker.op === 'Identity' || maker.op === 'Cast') return constant(first, hops + 1);
    if (maker.op !== 'DequantizeLinear') return undefined;
    const inner = constant(first, hops + 1);
    const axis = maker.numbers.get('axis') ?? 1;
    return inner && { ...inner, quantised: { scales: [scale], zeroPoint, axis } };
  };
  const found = new Map<string, OnnxWeight>();
  for (const node of nodes) {
    for (const weight of weightsOf(node, constant)) {
      if (!found.has(weight.tensor.name)) found.set(weight.tensor.name, weight);
    }
    if (found.size > maxWeights) {
      throw new WeightsError(`the graph uses more than ${maxWeights} weights, an AlexNet has 16`);
    }
  }
  return [...found.values()];
}

type FindConstant = (name: string) => OnnxWeight | undefined;

function weightsOf(node: OnnxNode, constant: FindConstant): readonly OnnxWeight[] {
  const { op, inputs } = node;
  if (op.startsWith('QLinear') || op === 'QGemm') return integerWeights(node, constant);
  const used = settingOps.has(op)
    ? []
    : inputs.map((name) => constant(name)).filter((weight) => weight !== undefined);
  if (runTimeOps.has(op) && used.length > 0) {
    throw new WeightsError(`${nameOf(node)} quantises as it runs (${op}), which is not read`);
  }
  if (!kernelOps.has(op)) return used.filter(isPlainWeight);
  if (used.length > 0) checkPlain(node);
  return used;
}

/** Whether another operator's constant is a weight: floats, and more than one, as a single number is a setting. */
function isPlainWeight({ tensor, quantised }: OnnxWeight): boolean {
  if (!quantised && !isFloatTensor(tensor)) return false;
  return tensor.shape.some((size) => size !== 1);
}

/** Throws a WeightsError where Gemm scales its result, which a dense layer cannot. */
function checkPlain(node: OnnxNode): void {
  for (const key of ['alpha', 'beta']) {
    const value = node.numbers.get(key) ?? 1;
    if (value !== 1) {
      throw new WeightsError(`${nameOf(node)} has ${key} ${value}; only 1 is read`);
    }
  }
}

function integerWeights(node: OnnxNode, constant: FindConstant): readonly OnnxWeight[] {
  checkPlain(node);
  const nameAt = (index: number): string => node.inputs[index] ?? '';
  return integerInputs(node).flatMap(({ input, scales, zeroPoint, axis }) => {
    const weight = constant(nameAt(input));
    if (!weight || !isIntegerTensor(weight.tensor)) return [];
    const zero = zeroPoint === undefined ? undefined : nameAt(zeroPoint);
    return [{ ...weight, quantised: { scales: scales.map(nameAt), zeroPoint: zero, axis } }];
  });
}

/** Integer operators of ONNX and ONNX Runtime; the scale of a bias is that of the input times that of the kernel. */
function integerInputs({ op, numbers }: OnnxNode): readonly IntegerInput[] {
  const kernel = { input: 3, scales: [4], zeroPoint: 5 };
  switch (op) {
    case 'QLinearConv':
      return [
        { ...kernel, axis: 0 },
        { input: 8, scales: [1, 4], axis: 0 },
      ];
    case 'QGemm':
      return [
        { ...kernel, axis: numbers.get('transB') ? 0 : 1 },
        { input: 6, scales: [1, 4], axis: -1 },
      ];
    case 'QLinearMatMul':
      return [{ ...kernel, axis: -1 }];
    case 'QLinearAdd':
      return [
        { input: 0, scales: [1], zeroPoint: 2, axis: -1 },
        { ...kernel, axis: -1 },
      ];
    default:
      return [];
  }
}

function nameOf({ name, op, outputs }: OnnxNode): string {
  return name || outputs[0] || op;
}
