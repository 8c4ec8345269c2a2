import { WeightsError } from '../bytes/weightsError';
import type { FindConstant, OnnxWeight } from './onnxConstants';
import type { OnnxNode } from './onnxGraph';
import { isFloatTensor, isIntegerTensor } from './onnxTensor';

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

/**
 * Constants of a node that are weights; throws a WeightsError where a layer cannot have them so. A single number is one
 * only as a bias of the layer before.
 */
export function weightsOf(
  node: OnnxNode,
  constant: FindConstant,
  mayBeBias: boolean,
): readonly OnnxWeight[] {
  const { op, inputs } = node;
  if (op.startsWith('QLinear') || op === 'QGemm') return integerWeights(node, constant);
  const used = settingOps.has(op)
    ? []
    : inputs.map((name) => constant(name)).filter((weight) => weight !== undefined);
  if (runTimeOps.has(op) && used.length > 0) {
    throw new WeightsError(`${nameOf(node)} quantises as it runs (${op}), which is not read`);
  }
  if (op === 'BatchNormalization' || (op === 'Add' && mayBeBias)) return used;
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

/** A node's name, or that of what it makes. */
export function nameOf({ name, op, outputs }: OnnxNode): string {
  return name || outputs[0] || op;
}
