import type { OnnxGraph, OnnxNode } from './onnxGraph';
import type { OnnxTensor } from './onnxTensor';

/** A constant of the graph that may be a weight. */
export interface OnnxWeight {
  readonly tensor: OnnxTensor;
  /** Set where it is quantised. */
  readonly quantised?: QuantisedBy;
  /** Set where a Transpose turns it before it is used: its perm. */
  readonly perm?: string;
}

/** Names, in the graph, of the tensors that scale integers to weights. */
export interface QuantisedBy {
  /** Scales that are multiplied with each other. */
  readonly scales: readonly string[];
  readonly zeroPoint: string | undefined;
  readonly axis: number;
}

/** The constant behind a name of the graph; undefined where it is computed from what is not constant. */
export type FindConstant = (name: string) => OnnxWeight | undefined;

/** Bound of the chain of operators before a constant. */
const maxHops = 8;

/** Operators that keep a constant as it is. */
const keepingOps = new Set(['Identity', 'Cast']);
/** Operators that give a list other axes of one. */
const listOps = new Set(['Reshape', 'Squeeze', 'Unsqueeze', 'Flatten']);

/** Finds constants, also behind operators that only keep, scale or turn them. */
export function constantsOf({ nodes, tensors }: OnnxGraph): FindConstant {
  const makers = new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node])));
  const find = (name: string, hops: number): OnnxWeight | undefined => {
    const tensor = tensors.get(name);
    if (tensor) return { tensor };
    const maker = makers.get(name);
    if (!maker || hops === maxHops) return undefined;
    const inner = find(maker.inputs[0] ?? '', hops + 1);
    return inner && after(maker, inner);
  };
  return (name) => find(name, 0);
}

function after({ op, inputs, numbers, perm }: OnnxNode, inner: OnnxWeight): OnnxWeight | undefined {
  if (keepingOps.has(op)) return inner;
  if (listOps.has(op)) return isList(inner.tensor) ? inner : undefined;
  if (op === 'Transpose') {
    const { length } = inner.tensor.shape;
    // Without a perm, all axes in reverse.
    const turn = perm ?? Array.from({ length }, (_, axis) => length - 1 - axis);
    return inner.perm === undefined ? { ...inner, perm: turn.join() } : undefined;
  }
  if (op !== 'DequantizeLinear') return undefined;
  const [, scale = '', zeroPoint] = inputs;
  const axis = numbers.get('axis') ?? 1;
  return { ...inner, quantised: { scales: [scale], zeroPoint, axis } };
}

/** Whether at most one axis is longer than one. */
export function isList({ shape }: OnnxTensor): boolean {
  return shape.filter((size) => size !== 1).length <= 1;
}
