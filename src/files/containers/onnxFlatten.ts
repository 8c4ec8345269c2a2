import { WeightsError } from '../bytes/weightsError';
import type { FlattenedOrder } from '../tensors/tensorFile';
import type { OnnxGraph, OnnxNode } from './onnxGraph';

/** Where a map's axes lie: [n, c, h, w] or [n, h, w, c]; of a Transpose that makes neither it is not known. */
type MapOrder = FlattenedOrder | 'unknown';

/** Operators that give maps channels first, whatever ONNX's exporters put around them. */
const mapOps = new Set(
  'Conv FusedConv ConvInteger QLinearConv MaxPool AveragePool LRN BatchNormalization GlobalAveragePool QLinearAveragePool'.split(
    ' ',
  ),
);
const flatOps = new Set(['Flatten', 'Reshape', 'Squeeze']);
const denseOps = new Set([
  'Gemm',
  'FusedGemm',
  'MatMul',
  'MatMulInteger',
  'QGemm',
  'QLinearMatMul',
]);

const turns: Readonly<Record<string, readonly [from: FlattenedOrder, to: FlattenedOrder]>> = {
  '0,2,3,1': ['channels first', 'channels last'],
  '0,3,1,2': ['channels last', 'channels first'],
};

/**
 * The order in which a graph flattens its last map before its first dense layer, by its own Transpose, Reshape and Flatten:
 * the kernels' layout does not tell, as exporters of TensorFlow turn maps first. Undefined where no map comes before; throws
 * a WeightsError where the order cannot be followed.
 */
export function flattenedOrder({ nodes }: OnnxGraph): FlattenedOrder | undefined {
  const maps = new Map<string, MapOrder>();
  const lists = new Map<string, MapOrder>();
  for (const node of nodes) {
    const [found] = node.inputs.flatMap((name) => lists.get(name) ?? []);
    if (denseOps.has(node.op) && found) {
      if (found !== 'unknown') return found;
      throw new WeightsError(
        'the graph turns its maps before it flattens them, in a way that is not read',
      );
    }
    const [before] = node.inputs.flatMap((name) => maps.get(name) ?? []);
    const after = mapOps.has(node.op) ? 'channels first' : before && orderAfter(node, before);
    const keeps = flatOps.has(node.op) ? (after ?? found) : found;
    for (const output of node.outputs) {
      if (keeps) lists.set(output, keeps);
      else if (after) maps.set(output, after);
    }
  }
  return undefined;
}

function orderAfter({ op, perm }: OnnxNode, before: MapOrder): MapOrder {
  if (op !== 'Transpose') return before;
  const turn = turns[perm?.join() ?? ''];
  return turn?.[0] === before ? turn[1] : 'unknown';
}
