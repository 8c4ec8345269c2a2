import type { ByteSource } from '../../../bytes/byteSource';
import { WeightsError } from '../../../bytes/weightsError';
import { readOnnxTensor } from '../../../containers/onnxTensor';
import { listedFloats } from '../../../containers/protobufNumbers';
import type { ProtobufReader, Range, WireField } from '../../../containers/protobufReader';
import { contentOf, wholeOf } from '../../../containers/protobufReader';
import type { Attribute, GraphNode } from './onnxModel';

/** Bound of an attribute's list; the longest are shapes' and permutations'. */
const maxNumbers = 2 ** 16;
const maxInputs = 4096;

/** Reads a NodeProto. Graphs within it (branches, loops) are passed over: such an operator is known by its name only. */
export async function readGraphNode(
  source: ByteSource,
  reader: ProtobufReader,
  range: Range,
): Promise<GraphNode> {
  const texts = { name: '', op: '', domain: '' };
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, Attribute>();
  for await (const field of reader.fields(range)) {
    switch (field.number) {
      case 1:
        inputs.push(await reader.text(contentOf(field)));
        break;
      case 2:
        outputs.push(await reader.text(contentOf(field)));
        break;
      case 3:
        texts.name = await reader.text(contentOf(field));
        break;
      case 4:
        texts.op = await reader.text(contentOf(field));
        break;
      case 5:
        await readAttribute(source, reader, contentOf(field), attributes);
        break;
      case 7:
        texts.domain = await reader.text(contentOf(field));
        break;
    }
    if (inputs.length + outputs.length > maxInputs) {
      throw new WeightsError(`a node has more than ${maxInputs} inputs and outputs`);
    }
  }
  return { ...texts, inputs, outputs, attributes };
}

async function readAttribute(
  source: ByteSource,
  reader: ProtobufReader,
  range: Range,
  into: Map<string, Attribute>,
): Promise<void> {
  let name = '';
  let attribute: Attribute = {};
  const numbers: number[] = [];
  for await (const field of reader.fields(range)) {
    switch (field.number) {
      case 1:
        name = await reader.text(contentOf(field));
        break;
      case 2:
        attribute = { number: await reader.float(field) };
        break;
      case 3:
        attribute = { number: wholeOf(field) };
        break;
      case 4:
        attribute = { text: await textIn(reader, field) };
        break;
      case 5: {
        const { start, end } = contentOf(field);
        const tensor = await readOnnxTensor(reader, { start, end });
        attribute = { tensor: { tensor, range: { start, end } } };
        break;
      }
      case 7:
        numbers.push(...(await listedFloats(source, field, maxNumbers)));
        break;
      case 8:
        numbers.push(...(await reader.varints(field, maxNumbers)));
        break;
    }
    if (numbers.length > maxNumbers) {
      throw new WeightsError(`the attribute ${name} has more than ${maxNumbers} numbers`);
    }
  }
  into.set(name, numbers.length > 0 ? { ...attribute, numbers } : attribute);
}

/** A text, or nothing where an operator keeps bytes in its place. */
async function textIn(reader: ProtobufReader, field: WireField): Promise<string> {
  try {
    return await reader.text(contentOf(field));
  } catch (error) {
    if (error instanceof WeightsError) return '';
    throw error;
  }
}
