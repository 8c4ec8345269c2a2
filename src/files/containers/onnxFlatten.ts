import { WeightsError } from '../bytes/weightsError';
import type { FlattenedOrder } from '../tensors/tensorFile';
import type { OnnxGraph, OnnxNode } from './onnxGraph';

/** Where a map's axes lie: [n, c, h, w] or [n, h, w, c]; of a Transpose that makes neither it is not known. */
type MapOrder = FlattenedOrder | 'unknown';

/** Of a value of the graph: the order of the map that it is, or that it was flattened from. */
export interface OnnxOrder {
  readonly order: MapOrder;
  readonly isFlat: boolean;
}

/** Operators that give maps channels first, whatever ONNX's exporters put around them. */
const mapOps = new Set(
  'Conv FusedConv ConvInteger QLinearConv MaxPool AveragePool LRN BatchNormalization GlobalAveragePool QLinearAveragePool'.split(
    ' ',
  ),
);
const flatOps = new Set(['Flatten', 'Reshape', 'Squeeze']);
export const denseOps: ReadonlySet<string> = new Set([
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

/** The orders of a graph's values up to its dense layers, by its own Transpose, Reshape and Flatten. */
export function onnxOrders({ nodes }: OnnxGraph): ReadonlyMap<string, OnnxOrder> {
  const orders = new Map<string, OnnxOrder>();
  for (const node of nodes) {
    const after = orderAfter(node, orders);
    if (after) for (const output of node.outputs) orders.set(output, after);
  }
  return orders;
}

function orderAfter(node: OnnxNode, orders: ReadonlyMap<string, OnnxOrder>): OnnxOrder | undefined {
  const { op, perm, inputs } = node;
  const found = inputs.flatMap((name) => orders.get(name) ?? []);
  if (denseOps.has(op) || op === 'Shape') return undefined;
  if (op === 'BatchNormalization' && found[0]?.isFlat) return found[0];
  if (mapOps.has(op)) return { order: 'channels first', isFlat: false };
  // Of a map and a list that come together, as where a response norm is written out, the map says more.
  const before = found.find(({ isFlat }) => !isFlat) ?? found[0];
  if (!before || before.isFlat) return before;
  if (flatOps.has(op)) return { ...before, isFlat: true };
  if (op !== 'Transpose') return before;
  const turn = turns[perm?.join() ?? ''];
  return { order: turn?.[0] === before.order ? turn[1] : 'unknown', isFlat: false };
}

/**
 * The order in which a graph flattens its last map before its first dense layer: the kernels' layout does not tell, as
 * exporters of TensorFlow turn maps first. Undefined where no map comes before; throws a WeightsError where the order
 * cannot be followed.
 */
export function flattenedOrder(
  { nodes }: OnnxGraph,
  orders: ReadonlyMap<string, OnnxOrder>,
): FlattenedOrder | undefined {
  for (const { op, inputs } of nodes) {
    const found = denseOps.has(op)
      ? inputs.map((name) => orders.get(name)).find((order) => order?.isFlat)
      : undefined;
    if (!found) continue;
    if (found.order !== 'unknown') return found.order;
    throw new WeightsError(
      'the graph turns its maps before it flattens them, in a way that is not read',
    );
  }
  return undefined;
}
