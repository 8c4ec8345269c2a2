import { applyLayer, type LayerPlan } from '../../../network/assemble';
import type { Layer, LayerSettings } from '../../../network/layers/layer';
import { NetworkError } from '../../../network/tensor/networkError';
import type { Shape } from '../../../network/tensor/shape';
import { WeightsError } from '../../bytes/weightsError';
import type { Constant } from './graph/constant';
import type { GraphNode } from './graph/onnxModel';
import type { GraphInput } from './graphInputs';
import type { LayerOptions, LayerWeight, Surroundings } from './values/operation';
import { Operation } from './values/operation';
import { type Layout, shapeOf, type TensorValue, type Value } from './values/value';

/** Bound of layers, as of Keras' models. */
const maxLayers = 2000;
/** Bound of values that are computed as a file is read. */
const maxComputed = 2 ** 24;

/** What a graph is walked with. */
export interface WalkOptions extends Pick<
  Surroundings,
  'opset' | 'batch' | 'layout' | 'attribute'
> {
  readonly constants: ReadonlyMap<string, Constant>;
  readonly users: ReadonlyMap<string, readonly GraphNode[]>;
  /** What the outputs of a node stand for; throws a NetworkError where it is at fault, or not known. */
  readonly translate: (operation: Operation) => readonly Value[];
  /** What layers are called where that is not their node's name. */
  readonly names?: ReadonlyMap<GraphNode, string>;
  /** Names of what the graph gives. */
  readonly outputs: ReadonlySet<string>;
}

/** Makes layers of a graph's nodes, one after the other; what can be computed from the file alone becomes no layer. */
export class GraphWalk implements Surroundings {
  readonly plans: LayerPlan[] = [];
  /** By the network's name of the weight. */
  readonly weights = new Map<string, LayerWeight>();
  readonly values = new Map<string, Value>();
  private readonly names = new Set<string>();
  private readonly absorbed = new Set<GraphNode>();
  private computed = 0;
  /** Name of the node's layer whose turn it is, and of the one of its layers that is at fault. */
  private name = '';
  private faulty: string | undefined;

  constructor(private readonly options: WalkOptions) {
    for (const [name, constant] of options.constants) {
      this.values.set(name, { kind: 'constant', constant });
    }
  }

  get opset(): number {
    return this.options.opset;
  }

  get batch(): number {
    return this.options.batch;
  }

  get layout(): Layout {
    return this.options.layout;
  }

  value(name: string): Value | undefined {
    return this.values.get(name);
  }

  attribute(node: GraphNode, name: string): Constant | undefined {
    return this.options.attribute(node, name);
  }

  soleUser(name: string): GraphNode | undefined {
    const [user, ...others] = this.options.users.get(name) ?? [];
    return others.length === 0 && !this.options.outputs.has(name) ? user : undefined;
  }

  absorb(node: GraphNode, value: Value): void {
    this.absorbed.add(node);
    for (const output of node.outputs) this.values.set(output, value);
  }

  /** Gives the name of the input's layer. */
  addInput({ name, dims, axes }: GraphInput): string {
    this.name = name;
    const shape = dims ? shapeOf(dims, axes) : [];
    const check = (): void => {
      if (!dims) throw new NetworkError('the file does not say its shape');
    };
    const value = this.attempt((): Value => {
      const layer = this.add({ kind: 'InputLayer', shape }, [], { check });
      return { kind: 'tensor', layer, dims: dims ?? [], axes };
    });
    this.values.set(name, value ?? { kind: 'lost', layer: this.faulty ?? name });
    return this.plans.at(-1)?.name ?? name;
  }

  /** Does a node all of whose inputs are done. */
  take(node: GraphNode): void {
    if (this.absorbed.has(node)) return;
    this.name = this.nameOf(node);
    const isLost = node.inputs.some((name) => this.values.get(name)?.kind === 'lost');
    if (isLost) {
      this.lose(node, this.addUnknown(node, this.sourcesOf(node)));
      return;
    }
    let fault: NetworkError | undefined;
    const made = this.attempt(
      () => this.options.translate(new Operation(node, this)),
      (error) => (fault = error),
    );
    if (made) node.outputs.forEach((output, at) => this.give(output, made[at]));
    else this.lose(node, this.faulty ?? this.addUnknown(node, this.sourcesOf(node), fault));
  }

  /** Nodes that wait for each other: their layers say so when the network is assembled. */
  takeCircular(nodes: readonly GraphNode[]): void {
    for (const node of nodes) this.lose(node, this.unique(this.nameOf(node)));
    for (const node of nodes) {
      const own = this.values.get(node.outputs[0] ?? '');
      this.name = own?.kind === 'lost' ? own.layer : this.nameOf(node);
      this.names.delete(this.name);
      this.addUnknown(node, this.sourcesOf(node));
    }
  }

  add(
    settings: LayerSettings,
    sources: readonly TensorValue[],
    { part, check, weights = {} }: LayerOptions,
  ): Layer {
    const plan: LayerPlan = {
      name: this.unique(part === undefined ? this.name : `${this.name}/${part}`),
      settings,
      inputs: sources.map(({ layer }) => layer.name),
      ...(check && { settle: settled(settings, check) }),
    };
    this.push(plan);
    try {
      const layer = applyLayer(
        plan,
        sources.map((source) => source.layer),
      );
      for (const [name, weight] of Object.entries(weights)) {
        this.weights.set(`${plan.name}.${name}`, weight);
      }
      return layer;
    } catch (error) {
      this.faulty = plan.name;
      throw error;
    }
  }

  /** Undefined where what is attempted is at fault. */
  private attempt<T>(make: () => T, onFault?: (error: NetworkError) => void): T | undefined {
    this.faulty = undefined;
    try {
      return make();
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      onFault?.(error);
      return undefined;
    }
  }

  private give(output: string, value: Value | undefined): void {
    if (output === '' || !value) return;
    if (value.kind === 'constant') this.computed += value.constant.values?.length ?? 0;
    if (this.computed > maxComputed) {
      throw new WeightsError(`the graph computes more than ${maxComputed} values before it runs`);
    }
    this.values.set(output, value);
  }

  private lose({ outputs }: GraphNode, layer: string): void {
    for (const output of outputs) this.values.set(output, { kind: 'lost', layer });
  }

  /** A layer of which only the operator's name is known; gives its name. */
  private addUnknown(node: GraphNode, inputs: readonly string[], fault?: NetworkError): string {
    const name = this.unique(this.name);
    const settings: LayerSettings = { kind: 'Unknown', operation: titleOf(node) };
    const settle = (): never => {
      throw fault as NetworkError;
    };
    this.push({ name, settings, inputs, ...(fault && { settle }) });
    return name;
  }

  private sourcesOf({ inputs }: GraphNode): readonly string[] {
    return inputs.flatMap((name) => {
      const value = this.values.get(name);
      if (value?.kind === 'tensor') return [value.layer.name];
      return value?.kind === 'lost' ? [value.layer] : [];
    });
  }

  /** A node's own name, or that of what it makes, without the slash that PyTorch begins it with. */
  private nameOf(node: GraphNode): string {
    const { name, outputs, op } = node;
    const stated = this.options.names?.get(node) ?? (name || outputs[0]);
    return (stated || op).replace(/^\/+/, '') || op;
  }

  private push(plan: LayerPlan): void {
    if (this.plans.length === maxLayers) {
      throw new WeightsError(`the model has more than ${maxLayers} layers`);
    }
    this.plans.push(plan);
  }

  private unique(name: string): string {
    let own = name;
    for (let count = 1; this.names.has(own); count++) own = `${name}_${count}`;
    this.names.add(own);
    return own;
  }
}

function settled(settings: LayerSettings, check: (inputs: readonly Shape[]) => void) {
  return (inputs: readonly Shape[]): LayerSettings => {
    check(inputs);
    return settings;
  };
}

/** An operator's name, after that of who defined it. */
export function titleOf({ op, domain }: GraphNode): string {
  return domain === '' || domain === 'ai.onnx' ? op : `${domain}.${op}`;
}
