import { WeightsError } from '../bytes/weightsError';
import type { OnnxTensor } from './onnxTensor';
import { readOnnxTensor } from './onnxTensor';
import type { ProtobufReader, Range } from './protobufReader';
import { contentOf, wholeOf } from './protobufReader';

/** A node of the graph; an omitted input has an empty name. */
export interface OnnxNode {
  readonly op: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Attributes of a single number. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Where a Transpose puts each axis; left out of other nodes. */
  readonly perm?: readonly number[];
}

/** A model's graph: nodes in order, and constant tensors by name. */
export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly tensors: ReadonlyMap<string, OnnxTensor>;
}

/** Field number of the graph in a ModelProto. */
export const graphField = 7;

/** Reads a ModelProto's graph; skips graphs inside nodes (branches, loops), which no AlexNet has. */
export async function readOnnxGraph(reader: ProtobufReader, size: number): Promise<OnnxGraph> {
  let graph: OnnxGraph | undefined;
  for await (const field of reader.fields({ start: 0, end: size })) {
    if (field.number !== graphField) continue;
    if (graph) throw new WeightsError('the model has more than one graph');
    graph = await readGraph(reader, contentOf(field));
  }
  if (!graph) throw new WeightsError('the model has no graph');
  return graph;
}

async function readGraph(reader: ProtobufReader, range: Range): Promise<OnnxGraph> {
  const nodes: OnnxNode[] = [];
  const tensors = new Map<string, OnnxTensor>();
  const add = (tensor: OnnxTensor): void => {
    if (tensors.has(tensor.name)) {
      throw new WeightsError(`the graph has two tensors called ${JSON.stringify(tensor.name)}`);
    }
    tensors.set(tensor.name, tensor);
  };
  for await (const field of reader.fields(range)) {
    if (field.number === 1) {
      const { node, value } = await readNode(reader, contentOf(field));
      nodes.push(node);
      if (value) add(value);
    } else if (field.number === 5) {
      add(await readOnnxTensor(reader, contentOf(field)));
    } else if (field.number === 15) {
      throw new WeightsError('the graph has sparse weights, which are not read');
    }
  }
  return { nodes, tensors };
}

interface Attribute {
  readonly name: string;
  readonly number: number | undefined;
  readonly tensor: Range | undefined;
  readonly perm: readonly number[];
}

/** Bound of axes. */
const maxAxes = 32;

async function readNode(
  reader: ProtobufReader,
  range: Range,
): Promise<{ node: OnnxNode; value: OnnxTensor | undefined }> {
  let op = '';
  let name = '';
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: Attribute[] = [];
  for await (const field of reader.fields(range)) {
    switch (field.number) {
      case 1:
        inputs.push(await reader.text(contentOf(field)));
        break;
      case 2:
        outputs.push(await reader.text(contentOf(field)));
        break;
      case 3:
        name = await reader.text(contentOf(field));
        break;
      case 4:
        op = await reader.text(contentOf(field));
        break;
      case 5:
        attributes.push(await readAttribute(reader, contentOf(field)));
        break;
    }
  }
  const numbers = new Map<string, number>();
  for (const { name: key, number } of attributes) {
    if (number !== undefined) numbers.set(key, number);
  }
  const constant = attributes.find(({ name: key }) => key === 'value')?.tensor;
  const value =
    op === 'Constant' && constant ? await readOnnxTensor(reader, constant, outputs[0]) : undefined;
  const perm = attributes.find(({ name: key }) => key === 'perm')?.perm;
  return { node: { op, name, inputs, outputs, numbers, ...(perm && { perm }) }, value };
}

async function readAttribute(reader: ProtobufReader, range: Range): Promise<Attribute> {
  let name = '';
  let number: number | undefined;
  let tensor: Range | undefined;
  const perm: number[] = [];
  for await (const field of reader.fields(range)) {
    switch (field.number) {
      case 1:
        name = await reader.text(contentOf(field));
        break;
      case 2:
        number = await reader.float(field);
        break;
      case 3:
        number = wholeOf(field);
        break;
      case 5:
        tensor = contentOf(field);
        break;
      case 8:
        if (name === 'perm') perm.push(...(await reader.varints(field, maxAxes)));
        break;
    }
  }
  return { name, number, tensor, perm };
}
