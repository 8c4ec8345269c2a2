import type { LayerSettings, WeightName } from '../../../../network/layers/layer';
import { NetworkError } from '../../../../network/tensor/networkError';
import type { Shape } from '../../../../network/tensor/shape';
import type { Placing } from '../../../tensors/layouts';
import type { Constant } from '../graph/constant';
import type { GraphNode } from '../graph/onnxModel';
import type { Layout, TensorValue, Value } from './value';

/** A weight of a layer: a constant of the file, and how its values come into the network's order. */
export interface LayerWeight {
  readonly constant: Constant;
  /** What its axes make in the network's order. */
  readonly shape: Shape;
  readonly placing?: Placing;
  /** What its values are multiplied by. */
  readonly scale?: number;
}

export interface LayerOptions {
  readonly weights?: Readonly<Partial<Record<WeightName, LayerWeight>>>;
  /** Of several layers that an operator becomes, all but the last have a name after the operator's. */
  readonly part?: string;
  /** Throws a NetworkError where the sources do not fit. */
  readonly check?: (inputs: readonly Shape[]) => void;
}

/** What a graph knows around one of its operators. */
export interface Surroundings {
  readonly opset: number;
  /** The batch that the file was written for, where it is more than one. */
  readonly batch: number;
  readonly layout: Layout;
  /** What a name stands for; undefined where nothing makes it. */
  value(name: string): Value | undefined;
  /** A node's attribute that holds a tensor. */
  attribute(node: GraphNode, name: string): Constant | undefined;
  /** Adds a layer; throws a NetworkError where it is at fault. */
  add(
    settings: LayerSettings,
    sources: readonly TensorValue[],
    options: LayerOptions,
  ): TensorValue['layer'];
  /** The one operator that takes a value, where there is one and it is not an output. */
  soleUser(name: string): GraphNode | undefined;
  /** Does an operator together with this one. */
  absorb(node: GraphNode, value: Value): void;
}

/** An operator of the graph with its inputs, as it becomes layers. */
export class Operation {
  constructor(
    readonly node: GraphNode,
    readonly around: Surroundings,
  ) {}

  get op(): string {
    return this.node.op;
  }

  get opset(): number {
    return this.around.opset;
  }

  /** How many inputs are given, omitted ones at the end not counted. */
  get inputs(): number {
    return this.node.inputs.findLastIndex((name) => name !== '') + 1;
  }

  has(index: number): boolean {
    return Boolean(this.node.inputs[index]);
  }

  value(index: number): Value {
    const name = this.node.inputs[index] ?? '';
    if (name === '') throw new NetworkError(`${this.op} has no input ${index}`);
    const value = this.around.value(name);
    if (value) return value;
    throw new NetworkError(`${name} is not in the file`);
  }

  /** An input that layers compute. */
  tensor(index: number): TensorValue {
    const value = this.value(index);
    if (value.kind === 'tensor') return value;
    throw new NetworkError(`${this.op} is applied to the constant ${this.node.inputs[index]}`);
  }

  /** An input that is known before anything runs; throws a NetworkError for others. */
  constant(index: number, what: string): Constant {
    const value = this.value(index);
    if (value.kind === 'constant') return value.constant;
    throw new NetworkError(`its ${what} is computed as the network runs, which is not known here`);
  }

  /** Values of a constant input; throws a NetworkError where these are not few. */
  values(index: number, what: string): readonly number[] {
    const { values, fault, name } = this.constant(index, what);
    if (values) return [...values];
    throw new NetworkError(fault ?? `${name} has too many values for its ${what}`);
  }

  /** An attribute of one number. */
  number(name: string): number | undefined;
  number(name: string, usual: number): number;
  number(name: string, usual?: number): number | undefined {
    return this.node.attributes.get(name)?.number ?? usual;
  }

  /** An attribute that holds a tensor. */
  attributeConstant(name: string): Constant | undefined {
    return this.around.attribute(this.node, name);
  }

  flag(name: string, usual: boolean): boolean {
    return this.number(name, usual ? 1 : 0) !== 0;
  }

  text(name: string, usual: string): string {
    return this.node.attributes.get(name)?.text ?? usual;
  }

  /** An attribute of several numbers. */
  list(name: string): readonly number[] | undefined {
    return this.node.attributes.get(name)?.numbers;
  }

  /** A list that younger versions of an operator take as an input, and older ones as an attribute. */
  listOrInput(name: string, input: number): readonly number[] | undefined {
    return this.has(input) ? this.values(input, name) : this.list(name);
  }

  /** A layer that this operator becomes. */
  layer(
    settings: LayerSettings,
    sources: readonly TensorValue[],
    options: LayerOptions = {},
  ): TensorValue['layer'] {
    return this.around.add(settings, sources, options);
  }

  /** A layer whose output lies as its input does. */
  alike(settings: LayerSettings, source: TensorValue, options: LayerOptions = {}): TensorValue {
    return { ...source, layer: this.layer(settings, [source], options) };
  }

  /** An axis counted from the start; throws a NetworkError for one that is not there. */
  axis(asked: number, rank: number): number {
    const axis = asked < 0 ? asked + rank : asked;
    if (Number.isSafeInteger(axis) && axis >= 0 && axis < rank) return axis;
    throw new NetworkError(`${this.op} works along axis ${asked} of ${rank}`);
  }
}

/** What an operator's outputs stand for, in their order. */
export type Operator = (operation: Operation) => Value | readonly Value[];
