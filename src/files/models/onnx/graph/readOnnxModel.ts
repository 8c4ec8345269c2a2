import type { ByteSource } from '../../../bytes/byteSource';
import { WeightsError } from '../../../bytes/weightsError';
import { graphField } from '../../../containers/onnxGraph';
import { readOnnxTensor } from '../../../containers/onnxTensor';
import type { Range } from '../../../containers/protobufReader';
import { contentOf, ProtobufReader, wholeOf } from '../../../containers/protobufReader';
import type { GraphEnd, GraphNode, OnnxModel, StoredTensor } from './onnxModel';
import { readGraphNode } from './readGraphNode';

/** Bound of nodes; the largest convolutional networks have some 3,000, with all that computes shapes 10,000. */
const maxNodes = 20_000;
/** Of messages, each node some fifteen. */
const maxFields = 1_000_000;
const maxAxes = 32;
/** Names of operators' sets and authors' entries are a few. */
const maxEntries = 1000;

/** Reads a ModelProto, all but the values of its tensors; throws a WeightsError where it is none. */
export async function readOnnxModel(source: ByteSource): Promise<OnnxModel> {
  const reader = new ProtobufReader(source, maxFields);
  const metadata = new Map<string, string>();
  let producer = '';
  let opset = 1;
  let graph: Graph | undefined;
  for await (const field of reader.fields({ start: 0, end: source.size })) {
    if (field.number === 2) producer = await reader.text(contentOf(field));
    if (field.number === 8) opset = (await opsetIn(reader, contentOf(field))) ?? opset;
    if (field.number === 14 && metadata.size < maxEntries) {
      await readEntry(reader, contentOf(field), metadata);
    }
    if (field.number !== graphField) continue;
    if (graph) throw new WeightsError('the model has more than one graph');
    graph = await readGraph(source, reader, contentOf(field));
  }
  if (!graph) throw new WeightsError('the model has no graph');
  return { producer, opset, metadata, ...graph };
}

/** Version of ONNX's own operators; undefined for those of others. */
async function opsetIn(reader: ProtobufReader, range: Range): Promise<number | undefined> {
  let domain = '';
  let version: number | undefined;
  for await (const field of reader.fields(range)) {
    if (field.number === 1) domain = await reader.text(contentOf(field));
    if (field.number === 2) version = wholeOf(field);
  }
  return isOwn(domain) ? version : undefined;
}

/** Whether operators of a domain are ONNX's own. */
export function isOwn(domain: string): boolean {
  return domain === '' || domain === 'ai.onnx';
}

/** Bound of an author's entry: a list of 21,000 names has 600 kB. */
const maxEntryBytes = 2 ** 21;

async function readEntry(
  reader: ProtobufReader,
  range: Range,
  into: Map<string, string>,
): Promise<void> {
  let key = '';
  let value = '';
  for await (const field of reader.fields(range)) {
    if (field.number === 1) key = await reader.text(contentOf(field));
    if (field.number === 2) value = await reader.text(contentOf(field), maxEntryBytes);
  }
  into.set(key, value);
}

type Graph = Pick<OnnxModel, 'name' | 'nodes' | 'inputs' | 'outputs' | 'tensors'>;

async function readGraph(source: ByteSource, reader: ProtobufReader, range: Range): Promise<Graph> {
  const nodes: GraphNode[] = [];
  const inputs: GraphEnd[] = [];
  const outputs: GraphEnd[] = [];
  const tensors = new Map<string, StoredTensor>();
  let name = '';
  for await (const field of reader.fields(range)) {
    switch (field.number) {
      case 1:
        nodes.push(await readGraphNode(source, reader, contentOf(field)));
        if (nodes.length > maxNodes)
          throw new WeightsError(`the graph has more than ${maxNodes} nodes`);
        break;
      case 2:
        name = await reader.text(contentOf(field));
        break;
      case 5: {
        const { start, end } = contentOf(field);
        const tensor = await readOnnxTensor(reader, { start, end });
        if (tensors.has(tensor.name)) {
          throw new WeightsError(`the graph has two tensors called ${JSON.stringify(tensor.name)}`);
        }
        tensors.set(tensor.name, { tensor, range: { start, end } });
        break;
      }
      case 11:
        inputs.push(await readEnd(reader, contentOf(field)));
        break;
      case 12:
        outputs.push(await readEnd(reader, contentOf(field)));
        break;
      case 15:
        throw new WeightsError('the graph has sparse weights, which are not read');
    }
  }
  return { name, nodes, inputs, outputs, tensors };
}

async function readEnd(reader: ProtobufReader, range: Range): Promise<GraphEnd> {
  let name = '';
  let dims: GraphEnd['dims'];
  for await (const field of reader.fields(range)) {
    if (field.number === 1) name = await reader.text(contentOf(field));
    if (field.number === 2) dims = await dimsIn(reader, contentOf(field));
  }
  return { name, dims };
}

/** A TypeProto's shape: tensor_type, its shape, its dimensions. */
async function dimsIn(reader: ProtobufReader, range: Range): Promise<GraphEnd['dims']> {
  let dims: (number | undefined)[] | undefined;
  for await (const type of reader.fields(range)) {
    if (type.number !== 1) continue;
    for await (const shape of reader.fields(contentOf(type))) {
      if (shape.number !== 2) continue;
      dims = [];
      for await (const dim of reader.fields(contentOf(shape))) {
        if (dims.length === maxAxes)
          throw new WeightsError(`an input has more than ${maxAxes} axes`);
        dims.push(await dimIn(reader, contentOf(dim)));
      }
    }
  }
  return dims;
}

async function dimIn(reader: ProtobufReader, range: Range): Promise<number | undefined> {
  let size: number | undefined;
  for await (const field of reader.fields(range)) {
    if (field.number === 1) size = wholeOf(field);
  }
  // Exporters also write an open axis as 0 or -1.
  return size !== undefined && size > 0 ? size : undefined;
}
