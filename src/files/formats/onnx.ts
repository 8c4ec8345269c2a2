import type { ByteSource } from '../bytes/byteSource';
import { ExternalFiles } from '../containers/onnxExternal';
import { flattenedOrder } from '../containers/onnxFlatten';
import type { OnnxGraph } from '../containers/onnxGraph';
import { graphField, readOnnxGraph } from '../containers/onnxGraph';
import type { OnnxTensor, TensorNumbers } from '../containers/onnxTensor';
import { isFloatTensor, isIntegerTensor, onnxNumbers } from '../containers/onnxTensor';
import type { OnnxWeight, QuantisedBy } from '../containers/onnxWeights';
import { onnxWeights } from '../containers/onnxWeights';
import { ProtobufReader } from '../containers/protobufReader';
import type { NormStep } from '../tensors/normOrder';
import type { Scaling } from '../tensors/quantised';
import { checkScaling, dequantise } from '../tensors/quantised';
import type { TensorFile, TensorInFile, WeightsFormat } from '../tensors/tensorFile';
import type { OpenBeside } from '../bytes/openBeside';
import { WeightsError } from '../bytes/weightsError';

/** A ModelProto's fields by what they hold; all but two are text or messages. */
const wholeFields = new Set([1, 5]);
const contentFields = new Set([2, 3, 4, 6, graphField, 8, 14, 20, 25]);
/** Versions of the format itself; the eleventh is of 2024. */
const maxVersion = 1000;
const maxFieldsBeforeGraph = 1000;
/** Bound of an axis; AlexNet's longest has 9216. */
const maxScales = 2 ** 14;

/** Open Neural Network Exchange: a graph with its weights, in one message of protocol buffers. */
export const onnx: WeightsFormat = { name: 'ONNX', recognises, open };

/** Recognises a version, then fields of a model up to its graph, which may be cut. */
async function recognises(source: ByteSource): Promise<boolean> {
  const reader = new ProtobufReader(source, maxFieldsBeforeGraph);
  let seen = 0;
  try {
    for await (const field of reader.fields({ start: 0, end: source.size })) {
      const { kind, number } = field;
      if (!(kind === 'varint' ? wholeFields : contentFields).has(number)) return false;
      if (seen === 0 && !(kind === 'varint' && number === 1 && isVersion(field.value))) {
        return false;
      }
      if (number === graphField) return true;
      seen++;
    }
  } catch (error) {
    if (error instanceof WeightsError) return seen > 1;
    throw error;
  }
  return false;
}

function isVersion(value: number): boolean {
  return value > 0 && value <= maxVersion;
}

async function open(source: ByteSource, openBeside: OpenBeside): Promise<TensorFile> {
  const graph = await readOnnxGraph(new ProtobufReader(source), source.size);
  const files = new ExternalFiles(openBeside);
  const numbers = (tensor: OnnxTensor): Promise<TensorNumbers> =>
    onnxNumbers(source, (external, length) => files.find(external, length), tensor);
  const close = (): Promise<void> => files.close();
  try {
    const tensors: TensorInFile[] = [];
    for (const weight of onnxWeights(graph)) {
      tensors.push(await tensorOf(graph, numbers, weight));
    }
    if (tensors.length === 0) throw new WeightsError("the model's graph uses no weights");
    const flattened = flattenedOrder(graph);
    return { tensors, norms: normSteps(graph), ...(flattened && { flattened }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

type FindNumbers = (tensor: OnnxTensor) => Promise<TensorNumbers>;

async function tensorOf(
  graph: OnnxGraph,
  numbers: FindNumbers,
  { tensor, quantised }: OnnxWeight,
): Promise<TensorInFile> {
  const { name, shape } = tensor;
  if (!quantised && isIntegerTensor(tensor)) {
    throw new WeightsError(`${name} holds integers, but nothing says how to scale them`);
  }
  const { byteLength, pieces } = await numbers(tensor);
  if (!quantised) return { name, shape, byteLength, pieces: () => floats(pieces()) };
  const scaling = checkScaling(name, shape, await readScaling(graph, numbers, name, quantised));
  return { name, shape, byteLength, pieces: () => dequantise(pieces(), shape, scaling) };
}

async function* floats(pieces: ReturnType<TensorNumbers['pieces']>): AsyncGenerator<Float32Array> {
  for await (const piece of pieces) {
    yield piece instanceof Float32Array ? piece : Float32Array.from(piece);
  }
}

async function readScaling(
  { tensors }: OnnxGraph,
  numbers: FindNumbers,
  weight: string,
  { scales, zeroPoint, axis }: QuantisedBy,
): Promise<Scaling> {
  const constant = async (name: string): Promise<Float32Array> => {
    const tensor = tensors.get(name);
    if (!tensor) {
      throw new WeightsError(
        `${weight} is scaled by ${JSON.stringify(name)}, which is no constant`,
      );
    }
    return readSmall(tensor, await numbers(tensor));
  };
  let scale = Float32Array.of(1);
  for (const name of scales) {
    const tensor = tensors.get(name);
    if (tensor && !isFloatTensor(tensor)) throw new WeightsError(`${name} is no scale of floats`);
    scale = product(weight, scale, await constant(name));
  }
  const zero = zeroPoint ? await constant(zeroPoint) : new Float32Array(scale.length);
  return { scale, zeroPoint: zero, axis };
}

/** Multiplies scales, of one or of many channels, in float32. */
function product(weight: string, a: Float32Array, b: Float32Array): Float32Array<ArrayBuffer> {
  const length = Math.max(a.length, b.length);
  if ([a, b].some((values) => values.length !== 1 && values.length !== length)) {
    throw new WeightsError(`${weight} has scales of ${a.length} and ${b.length} values`);
  }
  const at = (values: Float32Array, i: number): number => values[values.length === 1 ? 0 : i] ?? 0;
  return Float32Array.from({ length }, (_, i) => at(a, i) * at(b, i));
}

async function readSmall(
  { name, shape }: OnnxTensor,
  numbers: TensorNumbers,
): Promise<Float32Array> {
  const values: number[] = [];
  if (shape.some((size) => size > maxScales) || numbers.byteLength > maxScales * 8) {
    throw new WeightsError(`${name} has shape [${shape.join(', ')}], too many scales`);
  }
  for await (const piece of numbers.pieces()) for (const value of piece) values.push(value);
  return Float32Array.from(values);
}

function normSteps({ nodes }: OnnxGraph): readonly NormStep[] {
  return nodes.flatMap(({ op, numbers }): readonly NormStep[] => {
    if (op === 'MaxPool') return [{ kind: 'pool' }];
    if (op !== 'LRN') return [];
    return [{ kind: 'norm', k: numbers.get('bias') ?? 1, alpha: numbers.get('alpha') ?? 1e-4 }];
  });
}
