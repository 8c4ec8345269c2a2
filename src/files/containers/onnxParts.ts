import type { LayerKind, WeightName } from '../../network/layers/layer';
import { WeightsError } from '../bytes/weightsError';
import type { Layout } from '../tensors/tensorFile';
import type { FindConstant, OnnxWeight } from './onnxConstants';
import type { OnnxNode } from './onnxGraph';
import { nameOf } from './onnxWeights';

/** A constant that is a weight of a layer. */
export interface OnnxPart extends OnnxWeight {
  readonly weight: WeightName;
  readonly layout?: Layout;
}

/** A layer that has weights. */
export interface WeightedLayer {
  readonly kind: Extract<LayerKind, 'Conv2D' | 'Dense' | 'BatchNormalization'>;
  readonly name: string;
  readonly parts: OnnxPart[];
  /** Of a batch norm. */
  readonly epsilon?: number;
}

/** Operators with a kernel: what they are, and which input it is. */
const kernels: ReadonlyMap<string, readonly [kind: 'Conv2D' | 'Dense', input: number]> = new Map([
  ['Conv', ['Conv2D', 1]],
  ['FusedConv', ['Conv2D', 1]],
  ['QLinearConv', ['Conv2D', 3]],
  ['Gemm', ['Dense', 1]],
  ['FusedGemm', ['Dense', 1]],
  ['MatMul', ['Dense', 1]],
  ['QGemm', ['Dense', 3]],
  ['QLinearMatMul', ['Dense', 3]],
]);

/** The perm that makes ONNX's kernels of TensorFlow's. */
const fromTensorFlow = '3,2,0,1';
const normParts = ['gamma', 'beta', 'moving_mean', 'moving_variance'] as const;
const usualEpsilon = 1e-5;

/** A convolution or dense layer with its kernel, and its bias where the node has it; undefined for other nodes. */
export function kernelLayer(
  node: OnnxNode,
  [kernel, bias]: readonly OnnxWeight[],
  constant: FindConstant,
): WeightedLayer | undefined {
  const [kind, input = 0] = kernels.get(node.op) ?? [];
  if (!kind || !kernel || constant(node.inputs[input] ?? '')?.tensor !== kernel.tensor)
    return undefined;
  const layout = kind === 'Conv2D' ? convolutionLayout(kernel) : denseLayout(node, kernel);
  const parts: OnnxPart[] = [{ ...kernel, weight: 'kernel', layout }];
  if (bias) parts.push({ ...bias, weight: 'bias' });
  return { kind, name: nameOf(node), parts };
}

function convolutionLayout({ tensor, perm }: OnnxWeight): Layout {
  if (perm === undefined) return 'outputs first';
  if (perm === fromTensorFlow) return 'outputs last';
  throw new WeightsError(
    `${tensor.name} is turned by [${perm}] before it is used, which is not read`,
  );
}

function denseLayout({ numbers }: OnnxNode, { perm }: OnnxWeight): Layout {
  const isTurned = Boolean(numbers.get('transB')) !== (perm === '1,0');
  return isTurned ? 'outputs first' : 'outputs last';
}

/** A batch norm whose four lists are constants; undefined for other nodes. */
export function batchNorm(node: OnnxNode, used: readonly OnnxWeight[]): WeightedLayer | undefined {
  if (node.op !== 'BatchNormalization' || used.length !== normParts.length) return undefined;
  const parts = used.flatMap((one, i) => {
    const weight = normParts[i];
    return weight ? [{ ...one, weight }] : [];
  });
  const epsilon = node.numbers.get('epsilon') ?? usualEpsilon;
  return { kind: 'BatchNormalization', name: nameOf(node), parts, epsilon };
}
