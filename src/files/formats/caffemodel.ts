import type { Shape } from '../../network/tensor/shape';
import { elementCount } from '../../network/tensor/shape';
import type { ByteSource } from '../bytes/byteSource';
import type { FixedRun } from '../containers/protobufNumbers';
import { fixedPieces, fixedRun, runCount } from '../containers/protobufNumbers';
import type { Range, WireField } from '../containers/protobufReader';
import { contentOf, ProtobufReader, wholeOf } from '../containers/protobufReader';
import { floatBytes, type FloatType } from '../bytes/floatTypes';
import type { NormStep } from '../tensors/normOrder';
import { rawTensor } from '../tensors/rawTensor';
import type { TensorFile, TensorInFile, WeightsFormat } from '../tensors/tensorFile';
import { WeightsError } from '../bytes/weightsError';

/** Field numbers of a layer, which Caffe changed in 2014. */
interface LayerFields {
  readonly name: number;
  readonly type: number;
  readonly blobs: number;
  readonly norm: number;
}

/** Layouts by the field of the net that holds its layers: V1LayerParameter's and LayerParameter's. */
const layerFields: ReadonlyMap<number, LayerFields> = new Map([
  [2, { name: 4, type: 5, blobs: 6, norm: 18 }],
  [100, { name: 1, type: 2, blobs: 7, norm: 118 }],
]);

/** A NetParameter's other fields: name, input, input_dim, force_backward, state, debug_info, input_shape. */
const netFields: ReadonlyMap<number, WireField['kind']> = new Map([
  [1, 'bytes'],
  [3, 'bytes'],
  [4, 'varint'],
  [5, 'varint'],
  [6, 'bytes'],
  [7, 'varint'],
  [8, 'bytes'],
]);

/** The values of V1LayerParameter.LayerType that are used here. */
const typeNumbers: ReadonlyMap<number, string> = new Map([
  [14, 'InnerProduct'],
  [15, 'LRN'],
  [17, 'Pooling'],
]);

/** Field of a V0 layer (2013), a message inside V1's. */
const oldLayerField = 1;
const maxRank = 8;
const maxFieldsOfFirstLayer = 4096;

/** What Caffe saves: a NetParameter of protocol buffers. */
export const caffemodel: WeightsFormat = { name: 'caffemodel', recognises, open };

interface Layer {
  readonly name: string;
  readonly type: string;
  readonly blobs: readonly Blob[];
  readonly norm: { readonly k: number; readonly alpha: number };
}

interface Blob {
  readonly shape: Shape;
  readonly floats: readonly FixedRun[];
  readonly doubles: readonly FixedRun[];
  /** Its values as they lie in memory, which is how NVIDIA's Caffe saves them since 0.16. */
  readonly raw: Range | undefined;
  readonly rawType: FloatType | undefined;
}

/** NVIDIA's Type: DOUBLE, FLOAT, FLOAT16. */
const rawTypes: readonly FloatType[] = ['F64', 'F32', 'F16'];

/** Recognises a net's fields and one whole layer with name and type, as the format has no signature. */
async function recognises(source: ByteSource): Promise<boolean> {
  const reader = new ProtobufReader(source, maxFieldsOfFirstLayer);
  try {
    for await (const field of reader.fields({ start: 0, end: source.size })) {
      const layer = layerFields.get(field.number);
      if (layer && field.kind === 'bytes') return await isLayer(reader, field, layer);
      if (netFields.get(field.number) !== field.kind) return false;
      if (field.number === 1) await reader.text(contentOf(field));
    }
  } catch (error) {
    if (error instanceof WeightsError) return false;
    throw error;
  }
  return false;
}

async function isLayer(
  reader: ProtobufReader,
  range: Range,
  { name, type }: Pick<LayerFields, 'name' | 'type'>,
): Promise<boolean> {
  const seen = new Set<number>();
  for await (const field of reader.fields(range)) {
    const { number } = field;
    if (number === oldLayerField && number !== name) {
      return await isLayer(reader, contentOf(field), { name: 1, type: 2 });
    }
    if (number === name) await reader.text(contentOf(field));
    if (number === type && field.kind === 'bytes') await reader.text(field);
    seen.add(number);
  }
  return seen.has(name) && seen.has(type);
}

async function open(source: ByteSource): Promise<TensorFile> {
  const reader = new ProtobufReader(source);
  const layers: Layer[] = [];
  for await (const field of reader.fields({ start: 0, end: source.size })) {
    const fields = layerFields.get(field.number);
    if (fields) layers.push(await readLayer(reader, contentOf(field), fields));
  }
  const tensors = layers.flatMap((layer) => tensorsOf(source, layer));
  if (tensors.length === 0) throw new WeightsError('no layer of the net has weights');
  checkNames(tensors);
  return { tensors, norms: layers.flatMap(normStep) };
}

async function readLayer(
  reader: ProtobufReader,
  range: Range,
  fields: LayerFields,
): Promise<Layer> {
  let name = '';
  let type = '';
  let norm = { k: 1, alpha: 1 };
  const blobs: Blob[] = [];
  for await (const field of reader.fields(range)) {
    const { number } = field;
    if (number === fields.name) name = await reader.text(contentOf(field));
    else if (number === fields.type) type = await readType(reader, field);
    else if (number === fields.blobs) blobs.push(await readBlob(reader, contentOf(field)));
    else if (number === fields.norm) norm = await readNorm(reader, contentOf(field));
    else if (number === oldLayerField) {
      throw new WeightsError(
        "the net is of Caffe's first format: upgrade it with Caffe's upgrade_net_proto_binary",
      );
    }
  }
  return { name, type, blobs, norm };
}

async function readType(reader: ProtobufReader, field: WireField): Promise<string> {
  if (field.kind === 'bytes') return reader.text(field);
  return typeNumbers.get(wholeOf(field)) ?? 'other';
}

/** Reads a BlobProto without its gradients (`diff`). */
async function readBlob(reader: ProtobufReader, range: Range): Promise<Blob> {
  const old: number[] = [];
  let shape: readonly number[] | undefined;
  const floats: FixedRun[] = [];
  const doubles: FixedRun[] = [];
  let raw: Range | undefined;
  let rawType: FloatType | undefined = 'F64';
  for await (const field of reader.fields(range)) {
    switch (field.number) {
      // num, channels, height, width
      case 1:
      case 2:
      case 3:
      case 4:
        old[field.number - 1] = wholeOf(field);
        break;
      case 5:
        floats.push(fixedRun(field, 4));
        break;
      case 7:
        shape = await readShape(reader, contentOf(field));
        break;
      case 8:
        doubles.push(fixedRun(field, 8));
        break;
      case 10:
        rawType = rawTypes[wholeOf(field)];
        break;
      case 12:
        raw = contentOf(field);
        break;
    }
  }
  const four = Array.from({ length: 4 }, (_, axis) => old[axis] ?? 0);
  return { shape: shape ?? four, floats, doubles, raw, rawType };
}

async function readShape(reader: ProtobufReader, range: Range): Promise<readonly number[]> {
  const shape: number[] = [];
  for await (const field of reader.fields(range)) {
    if (field.number !== 1) continue;
    shape.push(...(await reader.varints(field, maxRank)));
    if (shape.length > maxRank) throw new WeightsError(`a blob has more than ${maxRank} axes`);
  }
  return shape;
}

async function readNorm(reader: ProtobufReader, range: Range): Promise<Layer['norm']> {
  let k = 1;
  let alpha = 1;
  for await (const field of reader.fields(range)) {
    if (field.number === 2) alpha = await reader.float(field);
    if (field.number === 5) k = await reader.float(field);
  }
  return { k, alpha };
}

/** Names of a layer's blobs: kernel, bias, then their index. */
function tensorsOf(source: ByteSource, { name, type, blobs }: Layer): readonly TensorInFile[] {
  return blobs.map((blob, index) => {
    const called = `${name}.${['weight', 'bias'][index] ?? index}`;
    const rank = index === 1 ? 1 : type === 'InnerProduct' ? 2 : undefined;
    return tensorOf(source, called, { ...blob, shape: withoutOnes(blob.shape, rank) });
  });
}

/** Drops leading ones: old versions of Caffe gave every blob four axes, such as [1, 1, out, in] for a dense kernel. */
function withoutOnes(shape: Shape, rank: number | undefined): Shape {
  if (rank === undefined || shape.length <= rank) return shape;
  const extra = shape.length - rank;
  return shape.slice(0, extra).every((size) => size === 1) ? shape.slice(extra) : shape;
}

function tensorOf(
  source: ByteSource,
  name: string,
  { shape, floats, doubles, raw, rawType }: Blob,
): TensorInFile {
  const count = elementCount(shape);
  const whole = shape.every((size) => Number.isSafeInteger(size) && size > 0);
  if (!whole || !Number.isSafeInteger(count)) {
    throw new WeightsError(`${name} has the impossible shape [${shape.join(', ')}]`);
  }
  if (raw && floats.length === 0 && doubles.length === 0) {
    if (!rawType) throw new WeightsError(`${name} holds integers; floats are read`);
    const byteLength = raw.end - raw.start;
    if (byteLength !== count * floatBytes[rawType])
      throw new WeightsError(
        `${name} has shape [${shape.join(', ')}], ${count} values of ${rawType}, but holds ${byteLength} bytes`,
      );
    return rawTensor(source, { name, type: rawType, shape, offset: raw.start, byteLength });
  }
  const [runs, type, width] =
    doubles.length > 0 ? ([doubles, 'F64', 8] as const) : ([floats, 'F32', 4] as const);
  if (doubles.length > 0 && floats.length > 0) {
    throw new WeightsError(`${name} holds its values twice, as floats and as doubles`);
  }
  if (runCount(runs) !== count) {
    throw new WeightsError(
      `${name} has shape [${shape.join(', ')}], ${count} values, but holds ${runCount(runs)}`,
    );
  }
  const pieces = (): AsyncIterable<Float32Array> => fixedPieces(source, runs, type);
  return { name, shape, byteLength: count * width, pieces };
}

function checkNames(tensors: readonly TensorInFile[]): void {
  const names = new Set<string>();
  for (const { name } of tensors) {
    if (names.has(name)) throw new WeightsError(`the net has two tensors called ${name}`);
    names.add(name);
  }
}

function normStep({ type, norm }: Layer): readonly NormStep[] {
  if (type === 'Pooling') return [{ kind: 'pool' }];
  return type === 'LRN' ? [{ kind: 'norm', ...norm }] : [];
}
