import type { TfjsNode } from '../containers/tfjsGraph';
import type { TensorInFile, TensorPlace } from '../tensors/tensorFile';
import { readTensor } from '../tensors/tensorValues';
import type { ListedStep } from './foldedNorm';
import { foldedNorm } from './foldedNorm';

/** What the nodes that follow a layer may still add to it. */
interface Open {
  readonly biasOf?: string;
  readonly kind?: 'Conv2D' | 'Dense';
  readonly steps?: Step[];
}

interface Step extends Omit<ListedStep, 'values'> {
  readonly tensor: TensorInFile;
}

/** A tensor at its place, or the steps that a batch norm was made into. */
type Found = TensorInFile | { readonly name: string; readonly steps: readonly Step[] };

const kernelOps: ReadonlyMap<string, 'Conv2D' | 'Dense'> = new Map([
  ['Conv2D', 'Conv2D'],
  ['_FusedConv2D', 'Conv2D'],
  ['MatMul', 'Dense'],
  ['_FusedMatMul', 'Dense'],
]);
const stepOps: ReadonlyMap<string, ListedStep['op']> = new Map([
  ['Add', 'Add'],
  ['AddV2', 'Add'],
  ['BiasAdd', 'Add'],
  ['Sub', 'Sub'],
  ['Mul', 'Mul'],
  ['RealDiv', 'Div'],
]);
const normParts = ['gamma', 'beta', 'moving_mean', 'moving_variance'] as const;
/** Bound of a list of channels; AlexNet's longest has 9216 numbers. */
const maxChannels = 2 ** 14;

/**
 * The weights of a graph in the order in which they are used, each at its place, also where the converter folded a batch norm
 * into a product and a sum; what no node uses comes last. As they are where the graph has no layer with weights.
 */
export async function placedTensors(
  nodes: readonly TfjsNode[],
  tensors: ReadonlyMap<string, TensorInFile>,
): Promise<readonly TensorInFile[]> {
  const walk = new GraphWalk(tensors);
  for (const node of nodes) walk.take(node);
  const placed: TensorInFile[] = [];
  for (const found of walk.found) {
    if (!('steps' in found)) placed.push(found);
    else {
      const steps: ListedStep[] = [];
      for (const { op, isMapFirst, tensor } of found.steps)
        steps.push({ op, isMapFirst, values: await readTensor(tensor) });
      placed.push(...foldedNorm(found.name, steps));
    }
  }
  const unused = [...tensors].filter(([name]) => !walk.used.has(name));
  return [...placed, ...unused.map(([, tensor]) => tensor)];
}

class GraphWalk {
  readonly found: Found[] = [];
  readonly used = new Set<string>();
  private readonly open = new Map<string, Open>();

  constructor(private readonly tensors: ReadonlyMap<string, TensorInFile>) {}

  take(node: TfjsNode): void {
    const before = node.inputs.map((name) => this.open.get(name)).find((one) => one !== undefined);
    const after = this.kernelLayer(node) ?? this.batchNorm(node) ?? this.added(node, before);
    if (after) this.open.set(node.name, after);
  }

  private kernelLayer({ name, op, inputs, setting }: TfjsNode): Open | undefined {
    const kind = kernelOps.get(op);
    const [, kernel = '', bias = ''] = inputs;
    if (!kind || !this.tensors.has(kernel)) return undefined;
    if (this.used.has(kernel)) return {};
    const isTurned = kind === 'Dense' && setting('transpose_b') === true;
    const layout = isTurned ? 'outputs first' : 'outputs last';
    this.place(kernel, { layer: name, kind, weight: 'kernel', layout });
    if (!this.tensors.has(bias)) return { biasOf: name, kind };
    this.place(bias, { layer: name, kind, weight: 'bias' });
    return {};
  }

  private batchNorm({ name, op, inputs, setting }: TfjsNode): Open | undefined {
    const lists = inputs.slice(1, 1 + normParts.length);
    const isWhole =
      lists.length === normParts.length && lists.every((one) => this.tensors.has(one));
    if (!op.startsWith('FusedBatchNorm') || !isWhole) return undefined;
    const epsilon = setting('epsilon');
    for (const [i, list] of lists.entries()) {
      const weight = normParts[i];
      const added = weight === 'moving_variance' && typeof epsilon === 'number' && { epsilon };
      if (weight) this.place(list, { layer: name, kind: 'BatchNormalization', weight, ...added });
    }
    return {};
  }

  private added({ name, op, inputs }: TfjsNode, before: Open | undefined): Open | undefined {
    const lists = inputs.filter((one) => this.tensors.has(one));
    const [list = ''] = lists;
    const tensor = this.tensors.get(list);
    if (!before || !tensor) return before && (op === 'Identity' ? before : {});
    const step = stepOps.get(op);
    if (!step || lists.length > 1 || !isListOfChannels(tensor)) return {};
    if (before.biasOf !== undefined && before.kind && step === 'Add') {
      this.place(list, { layer: before.biasOf, kind: before.kind, weight: 'bias' });
      return {};
    }
    const steps = before.steps ?? [];
    if (!before.steps) this.found.push({ name: name.replace(/\/[^/]*$/, ''), steps });
    steps.push({ op: step, tensor, isMapFirst: inputs[0] !== list });
    this.used.add(list);
    return { steps };
  }

  private place(name: string, place: TensorPlace): void {
    const tensor = this.tensors.get(name);
    if (!tensor) return;
    this.used.add(name);
    this.found.push({ ...tensor, place });
  }
}

/** Whether all axes but the last, which has a map's channels, are of one. */
function isListOfChannels({ shape }: TensorInFile): boolean {
  const [channels = 0] = shape.slice(-1);
  return channels <= maxChannels && shape.slice(0, -1).every((size) => size === 1);
}
