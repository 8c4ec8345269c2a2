import { WeightsError } from '../../bytes/weightsError';
import { fieldsOf } from '../../containers/smallJson';
import type { Attribute, GraphEnd, GraphNode } from '../onnx/graph/onnxModel';

/** A graph of TensorFlow as its converter writes it: nodes by name, their outputs but the first as `name:1`. */
export interface GraphDef {
  readonly nodes: readonly GraphNode[];
  readonly inputs: readonly GraphEnd[];
  readonly outputs: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Bound of nodes, constants among them. */
const maxNodes = 20_000;
const maxInputs = 4096;
/** Bound of what one node gives. */
const maxOutputs = 256;

/** Operators that the graph is given values for. */
const inputOps = new Set(['Placeholder', 'PlaceholderV2']);
/** Operators that give nothing that is looked at. */
const silentOps = new Set(['NoOp', 'Const', 'Assert']);

/** Reads a graph model's topology; throws a WeightsError where it is none. */
export function readGraphDef(model: Fields): GraphDef {
  const listed = fieldsOf(model['modelTopology'])?.['node'];
  if (!Array.isArray(listed)) throw new WeightsError('the model has no graph');
  if (listed.length > maxNodes) {
    throw new WeightsError(`the graph has ${listed.length} nodes, more than ${maxNodes}`);
  }
  const read = listed.map((node: unknown) => nodeIn(fieldsOf(node) ?? {}));
  const asked = askedOutputs(read, endsIn(model, 'outputs'));
  const all = read.map((node) => ({ ...node, outputs: outputsOf(node, asked) }));
  const nodes = all.filter(({ op }) => !inputOps.has(op) && op !== 'Const');
  return {
    nodes,
    inputs: all.filter(({ op }) => inputOps.has(op)).map((node) => inputOf(node, model)),
    outputs: graphOutputs(model, nodes),
  };
}

function nodeIn({ name, op, input, attr }: Fields): GraphNode {
  if (typeof name !== 'string' || typeof op !== 'string') {
    throw new WeightsError('the graph has a node without a name or an operator');
  }
  const inputs = Array.isArray(input) ? input.filter((one) => typeof one === 'string') : [];
  if (inputs.length > maxInputs) throw new WeightsError(`${name} has ${inputs.length} inputs`);
  const attributes = Object.entries(fieldsOf(attr) ?? {}).map(
    ([key, value]) => [key, attributeIn(fieldsOf(value) ?? {})] as const,
  );
  return {
    ...{ name, op, domain: '', outputs: [name], attributes: new Map(attributes) },
    // Those that begin so say only what runs before.
    inputs: inputs.filter((one) => !one.startsWith('^')).map(withoutFirst),
  };
}

/** The first output of a node has the node's name. */
function withoutFirst(reference: string): string {
  return reference.replace(/:0$/, '');
}

function attributeIn(value: Fields): Attribute {
  const { i, f, b, s, list, shape, type } = value;
  const given = i ?? f ?? b;
  if (given !== undefined) return { number: Number(given) };
  if (typeof s === 'string') return { text: textIn(s) };
  if (typeof type === 'string') return { text: type };
  const dims = fieldsOf(shape)?.['dim'];
  if (Array.isArray(dims)) return { numbers: dims.map(sizeIn) };
  const { i: whole, f: floats, s: texts } = fieldsOf(list) ?? {};
  if (Array.isArray(texts)) return { text: texts.map((one) => textIn(String(one))).join() };
  const numbers = [whole, floats].find((each) => Array.isArray(each)) as unknown[] | undefined;
  return numbers ? { numbers: numbers.slice(0, maxInputs).map(Number) } : {};
}

/** Texts are in base 64. */
function textIn(text: string): string {
  return Buffer.from(text, 'base64').toString();
}

/** -1 where it is open. */
function sizeIn(dim: unknown): number {
  const size = Number(fieldsOf(dim)?.['size'] ?? 0);
  return Number.isSafeInteger(size) ? size : -1;
}

/** The highest output of each node that others take. */
function askedOutputs(
  nodes: readonly GraphNode[],
  ends: readonly (readonly [string, Fields])[],
): ReadonlyMap<string, number> {
  const asked = new Map<string, number>();
  const names = [...nodes.flatMap(({ inputs }) => inputs), ...ends.map(([name]) => name)];
  for (const name of names) {
    const [, node = '', at = ''] = /^(.*):(\d{1,6})$/.exec(name) ?? [];
    if (at !== '') asked.set(node, Math.max(asked.get(node) ?? 0, Number(at)));
  }
  return asked;
}

function outputsOf({ name }: GraphNode, asked: ReadonlyMap<string, number>): readonly string[] {
  const last = asked.get(name) ?? 0;
  if (last >= maxOutputs) throw new WeightsError(`the graph takes output ${last} of ${name}`);
  return Array.from({ length: last + 1 }, (_, at) => (at === 0 ? name : `${name}:${at}`));
}

function inputOf({ name, attributes }: GraphNode, model: Fields): GraphEnd {
  const [, stated] = endsIn(model, 'inputs').find(([own]) => own === name) ?? [];
  const signed = fieldsOf(stated?.['tensorShape'])?.['dim'];
  const own = attributes.get('shape')?.numbers;
  const dims = Array.isArray(signed) ? signed.map(sizeIn) : own;
  return { name, dims: dims?.map((size) => (size < 0 ? undefined : size)) };
}

/** What the model's signature says of its ends, by the names of the graph. */
function endsIn(
  model: Fields,
  side: 'inputs' | 'outputs',
): readonly (readonly [name: string, stated: Fields])[] {
  const signature =
    fieldsOf(model['signature']) ?? fieldsOf(fieldsOf(model['userDefinedMetadata'])?.['signature']);
  return Object.values(fieldsOf(signature?.[side]) ?? {}).flatMap((end) => {
    const fields = fieldsOf(end) ?? {};
    const { name } = fields;
    return typeof name === 'string' ? [[withoutFirst(name), fields] as const] : [];
  });
}

/** Those that the signature names, or what no node takes. */
function graphOutputs(model: Fields, nodes: readonly GraphNode[]): readonly string[] {
  const made = new Set(nodes.flatMap(({ outputs }) => outputs));
  const signed = endsIn(model, 'outputs').map(([name]) => name);
  const stated = signed.filter((name) => made.has(name));
  if (stated.length > 0) return [...new Set(stated)];
  const taken = new Set(nodes.flatMap(({ inputs }) => inputs));
  return nodes
    .filter(({ op, outputs }) => !silentOps.has(op) && outputs.every((name) => !taken.has(name)))
    .map(({ name }) => name);
}
