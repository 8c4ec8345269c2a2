import type { ByteSource } from '../bytes/byteSource';
import type { OpenBeside } from '../bytes/openBeside';
import { WeightsError } from '../bytes/weightsError';
import { flattenedOrder, onnxOrders } from '../containers/onnxFlatten';
import { graphField, readOnnxGraph } from '../containers/onnxGraph';
import type { OnnxLayer } from '../containers/onnxLayers';
import { onnxLayers } from '../containers/onnxLayers';
import { ProtobufReader } from '../containers/protobufReader';
import type { TensorFile, TensorInFile, WeightsFormat } from '../tensors/tensorFile';
import type { ListedStep } from './foldedNorm';
import { foldedNorm } from './foldedNorm';
import { onnxNormSteps } from './onnxNormSteps';
import { OnnxValues } from './onnxValues';

/** A ModelProto's fields by what they hold; all but two are text or messages. */
const wholeFields = new Set([1, 5]);
const contentFields = new Set([2, 3, 4, 6, graphField, 8, 14, 20, 25]);
/** Versions of the format itself; the eleventh is of 2024. */
const maxVersion = 1000;
const maxFieldsBeforeGraph = 1000;

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
  const values = new OnnxValues(source, graph, openBeside);
  const close = (): Promise<void> => values.close();
  try {
    const orders = onnxOrders(graph);
    const tensors: TensorInFile[] = [];
    for (const layer of onnxLayers(graph, orders)) {
      tensors.push(...(await tensorsOf(layer, values)));
    }
    if (tensors.length === 0) throw new WeightsError("the model's graph uses no weights");
    const flattened = flattenedOrder(graph, orders);
    const norms = await onnxNormSteps(graph, values);
    return { tensors, norms, ...(flattened && { flattened }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function tensorsOf(layer: OnnxLayer, values: OnnxValues): Promise<readonly TensorInFile[]> {
  const { kind } = layer;
  if (kind === 'other') return [await values.tensor(layer.constant)];
  if (kind === 'steps') {
    const steps: ListedStep[] = [];
    for (const { op, isMapFirst, constant } of layer.steps) {
      steps.push({ op, isMapFirst, values: await values.list(constant.tensor) });
    }
    return foldedNorm(layer.name, steps);
  }
  const tensors: TensorInFile[] = [];
  for (const { weight, layout, ...constant } of layer.parts) {
    const place = {
      layer: layer.name,
      kind,
      weight,
      ...(layout && { layout }),
      ...(weight === 'moving_variance' && { epsilon: layer.epsilon }),
    };
    tensors.push({ ...(await values.tensor(constant)), place });
  }
  return tensors;
}
