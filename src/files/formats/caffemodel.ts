import type { Shape } from '../../network/tensor/shape';
import type { ByteSource } from '../bytes/byteSource';
import { WeightsError } from '../bytes/weightsError';
import { blobTensor } from '../containers/caffeBlob';
import type { CaffeLayer, LayerFields } from '../containers/caffeNet';
import { layerFieldsOf, layerInside, readCaffeNet } from '../containers/caffeNet';
import type { Range, WireField } from '../containers/protobufReader';
import { contentOf, ProtobufReader } from '../containers/protobufReader';
import type { NormStep } from '../tensors/normOrder';
import { withOwnNames } from '../tensors/ownNames';
import type { TensorFile, TensorInFile, WeightsFormat } from '../tensors/tensorFile';

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

const maxFieldsOfFirstLayer = 4096;

/** What Caffe saves: a NetParameter of protocol buffers, in any of its three forms. */
export const caffemodel: WeightsFormat = { name: 'caffemodel', recognises, open };

/** Recognises a net's fields and one whole layer with name and type, as the format has no signature. */
async function recognises(source: ByteSource): Promise<boolean> {
  const reader = new ProtobufReader(source, maxFieldsOfFirstLayer);
  try {
    for await (const field of reader.fields({ start: 0, end: source.size })) {
      const layer = layerFieldsOf(field);
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
  fields: LayerFields,
): Promise<boolean> {
  const seen = new Set<number>();
  for await (const field of reader.fields(range)) {
    const { number } = field;
    const inside = layerInside(fields, field);
    if (inside) return await isLayer(reader, inside.range, inside.fields);
    if (number === fields.name) await reader.text(contentOf(field));
    if (number === fields.type && field.kind === 'bytes') await reader.text(field);
    seen.add(number);
  }
  return seen.has(fields.name) && seen.has(fields.type);
}

async function open(source: ByteSource): Promise<TensorFile> {
  const layers = await readCaffeNet(new ProtobufReader(source), source.size);
  const tensors = layers.flatMap((layer) => tensorsOf(source, layer));
  if (tensors.length === 0) throw new WeightsError('no layer of the net has weights');
  return { tensors: withOwnNames(tensors, 'the net'), norms: layers.flatMap(normStep) };
}

/** Names of a layer's blobs: kernel, bias, then their index. */
function tensorsOf(source: ByteSource, { name, type, blobs }: CaffeLayer): readonly TensorInFile[] {
  return blobs.map((blob, index) => {
    const called = `${name}.${['weight', 'bias'][index] ?? index}`;
    const rank = index === 1 ? 1 : type === 'InnerProduct' ? 2 : undefined;
    return blobTensor(source, called, { ...blob, shape: withoutOnes(blob.shape, rank) });
  });
}

/** Drops leading ones: old versions of Caffe gave every blob four axes, such as [1, 1, out, in] for a dense kernel. */
function withoutOnes(shape: Shape, rank: number | undefined): Shape {
  if (rank === undefined || shape.length <= rank) return shape;
  const extra = shape.length - rank;
  return shape.slice(0, extra).every((size) => size === 1) ? shape.slice(extra) : shape;
}

function normStep({ type, norm }: CaffeLayer): readonly NormStep[] {
  if (type === 'Pooling') return [{ kind: 'pool' }];
  return type === 'LRN' ? [{ kind: 'norm', ...norm }] : [];
}
