import { WeightsError } from '../bytes/weightsError';
import type { FindConstant, OnnxWeight } from './onnxConstants';
import { constantsOf } from './onnxConstants';
import type { OnnxOrder } from './onnxFlatten';
import type { OnnxGraph, OnnxNode } from './onnxGraph';
import type { OnnxPart, WeightedLayer } from './onnxParts';
import { batchNorm, kernelLayer } from './onnxParts';
import { nameOf, weightsOf } from './onnxWeights';

/** A layer of the graph; the steps that a batch norm was made into; or a constant that no layer is known for. */
export type OnnxLayer =
  | WeightedLayer
  | { readonly kind: 'steps'; readonly name: string; readonly steps: readonly OnnxStep[] }
  | { readonly kind: 'other'; readonly constant: OnnxWeight };

/** A number for each channel, which comes to a map or which a map comes to. */
export interface OnnxStep {
  readonly op: StepOp;
  readonly constant: OnnxWeight;
  readonly isMapFirst: boolean;
}

const stepOps = ['Add', 'Sub', 'Mul', 'Div'] as const;
type StepOp = (typeof stepOps)[number];

/** What the nodes that follow a layer may still add to it. */
interface Open {
  readonly bias?: OnnxPart[];
  readonly steps?: OnnxStep[];
}

/** Operators that may stand between a layer and its bias, or between the steps of a batch norm. */
const betweenOps = new Set(
  'Cast Identity Transpose Reshape Squeeze Unsqueeze QuantizeLinear DequantizeLinear'.split(' '),
);

/** Of [n, c, h, w], how far the channels' axis lies from the end. */
const axesFromChannels = 3;

/** Bound of weights; an AlexNet has 16, or 24 with batch norms. */
const maxWeights = 1000;

/** The layers of a graph in the order in which they run, each kernel once. */
export function onnxLayers(
  graph: OnnxGraph,
  orders: ReadonlyMap<string, OnnxOrder>,
): readonly OnnxLayer[] {
  const walk = new LayerWalk(constantsOf(graph), orders);
  for (const node of graph.nodes) walk.take(node);
  return walk.layers;
}

class LayerWalk {
  readonly layers: OnnxLayer[] = [];
  private readonly open = new Map<string, Open>();
  private readonly seen = new Set<string>();
  private weights = 0;

  constructor(
    private readonly constant: FindConstant,
    private readonly orders: ReadonlyMap<string, OnnxOrder>,
  ) {}

  take(node: OnnxNode): void {
    // What only hands a constant on is followed from where it is used.
    if (node.outputs.some((name) => this.constant(name))) return;
    const input = node.inputs.find((name) => this.open.has(name));
    const before = input === undefined ? undefined : this.open.get(input);
    const used = weightsOf(node, this.constant, before?.bias !== undefined);
    this.weights += used.length;
    if (this.weights > maxWeights) {
      throw new WeightsError(`the graph uses more than ${maxWeights} weights, an AlexNet has 16`);
    }
    const after =
      used.length === 0
        ? before && (betweenOps.has(node.op) ? before : {})
        : (this.layer(node, used) ?? this.added(node, used, input, before));
    if (after) for (const output of node.outputs) this.open.set(output, after);
  }

  /** A layer of its own. */
  private layer(node: OnnxNode, used: readonly OnnxWeight[]): Open | undefined {
    const layer = kernelLayer(node, used, this.constant) ?? batchNorm(node, used);
    if (!layer) return undefined;
    const [first] = used;
    if (layer.kind !== 'BatchNormalization' && !this.isNew(first)) return {};
    this.layers.push(layer);
    const mayTakeBias = layer.kind !== 'BatchNormalization' && layer.parts.length === 1;
    return mayTakeBias ? { bias: layer.parts } : {};
  }

  /** A bias of the layer before, a step of a batch norm, or what belongs to no layer. */
  private added(
    node: OnnxNode,
    used: readonly OnnxWeight[],
    input: string | undefined,
    before: Open | undefined,
  ): Open | undefined {
    const [constant] = used;
    const op = stepOps.find((name) => name === node.op);
    const isForChannels =
      before && constant && used.length === 1 && isListOf(this.orders.get(input ?? ''), constant);
    if (isForChannels && before.bias && /Add$/.test(node.op)) {
      before.bias.push({ ...constant, weight: 'bias' });
      return {};
    }
    if (isForChannels && op && !constant.quantised) {
      const step = { op, constant, isMapFirst: node.inputs[0] === input };
      const steps = before.steps ?? this.newSteps(node);
      steps.push(step);
      return { steps };
    }
    for (const one of used) if (this.isNew(one)) this.layers.push({ kind: 'other', constant: one });
    return before && {};
  }

  private newSteps(node: OnnxNode): OnnxStep[] {
    const steps: OnnxStep[] = [];
    this.layers.push({ kind: 'steps', name: scopeOf(node), steps });
    return steps;
  }

  private isNew(weight: OnnxWeight | undefined): boolean {
    const name = weight?.tensor.name ?? '';
    if (this.seen.has(name)) return false;
    this.seen.add(name);
    return true;
  }
}

/** Whether a list has its numbers along the axis of a value's channels. */
function isListOf(order: OnnxOrder | undefined, { tensor: { shape } }: OnnxWeight): boolean {
  const long = shape.flatMap((size, axis) => (size === 1 ? [] : [shape.length - axis]));
  const isMap = order && !order.isFlat;
  const wanted = isMap && order.order === 'channels first' ? axesFromChannels : 1;
  if (isMap && order.order === 'unknown') return false;
  return long.length === 0 || (long.length === 1 && long[0] === wanted);
}

/** The scope of a node's name: `model/bn1/batchnorm` of `model/bn1/batchnorm/mul_1`. */
function scopeOf(node: OnnxNode): string {
  const name = nameOf(node);
  const end = name.lastIndexOf('/');
  return end > 0 ? name.slice(0, end) : name;
}
