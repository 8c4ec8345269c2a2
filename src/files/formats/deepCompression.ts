import { elementCount } from '../../network/tensor/shape';
import type { ByteSource } from '../bytes/byteSource';
import { floatBytes } from '../bytes/floatTypes';
import { rawTensor } from '../tensors/rawTensor';
import type { NormStep } from '../tensors/normOrder';
import type { TensorFile, TensorInFile, WeightsFormat } from '../tensors/tensorFile';
import { pieceBytes } from '../bytes/byteSource';
import { WeightsError } from '../bytes/weightsError';

/** Shapes of Caffe's AlexNet, [out, in / groups, h, w] and [out, in], which the file does not tell. */
const layers = [
  { name: 'conv1', shape: [96, 3, 11, 11] },
  { name: 'conv2', shape: [256, 48, 5, 5] },
  { name: 'conv3', shape: [384, 256, 3, 3] },
  { name: 'conv4', shape: [384, 192, 3, 3] },
  { name: 'conv5', shape: [256, 192, 3, 3] },
  { name: 'fc6', shape: [4096, 9216] },
  { name: 'fc7', shape: [4096, 4096] },
  { name: 'fc8', shape: [1000, 4096] },
] as const;

const headerBytes = 4 * layers.length;
/** Values in a piece, and stored entries read at a time; even, so that no byte of two entries is split. */
const pieceValues = pieceBytes / floatBytes.F32;
const entriesAtATime = 2 ** 20;

/**
 * Han, Mao and Dally's AlexNet (Deep Compression, ICLR 2016): a header with the number of stored entries of each layer,
 * then each layer's code book, bias, codes of the entries, and the number of zeros before each entry.
 */
export const deepCompression: WeightsFormat = { name: 'Deep Compression', recognises, open };

/** Offsets of a layer's parts, in bytes. */
interface LayerPlan {
  readonly name: string;
  readonly shape: readonly number[];
  /** Stored entries: non-zero weights, and fillers between those far apart. */
  readonly entries: number;
  readonly codeBits: 4 | 8;
  readonly book: number;
  readonly bias: number;
  readonly codes: number;
  readonly gaps: number;
  readonly end: number;
}

/** Recognises a header that implies exactly the file's size. */
async function recognises(source: ByteSource): Promise<boolean> {
  if (source.size < headerBytes) return false;
  return (await plan(source)).at(-1)?.end === source.size;
}

/** The format has one network in it: BVLC AlexNet, which normalises before it pools. */
const bvlcNorms: readonly NormStep[] = [{ kind: 'norm', k: 1, alpha: 1e-4 }, { kind: 'pool' }];

async function open(source: ByteSource): Promise<TensorFile> {
  if (source.size < headerBytes) throw new WeightsError(`the file has only ${source.size} bytes`);
  const plans = await plan(source);
  const end = plans.at(-1)?.end;
  if (end !== source.size) {
    throw new WeightsError(`the file has ${source.size} bytes, its header describes ${end ?? 0}`);
  }
  const tensors: TensorInFile[] = [];
  for (const layer of plans) tensors.push(await kernel(source, layer), bias(source, layer));
  return { tensors, norms: bvlcNorms };
}

async function plan(source: ByteSource): Promise<readonly LayerPlan[]> {
  const header = await source.read(0, headerBytes);
  const view = new DataView(header.buffer, header.byteOffset);
  let book = headerBytes;
  return layers.map(({ name, shape }, index) => {
    const entries = view.getUint32(index * 4, true);
    const codeBits = shape.length === 4 ? 8 : 4;
    const bias = book + 2 ** codeBits * floatBytes.F32;
    const codes = bias + shape[0] * floatBytes.F32;
    const gaps = codes + Math.ceil((entries * codeBits) / 8);
    const end = gaps + Math.ceil(entries / 2);
    const layer = { name, shape, entries, codeBits, book, bias, codes, gaps, end } as const;
    book = end;
    return layer;
  });
}

function bias(source: ByteSource, { name, shape, bias: offset }: LayerPlan): TensorInFile {
  const size = shape[0] ?? 0;
  const byteLength = size * floatBytes.F32;
  return rawTensor(source, {
    name: `${name}.bias`,
    type: 'F32',
    shape: [size],
    offset,
    byteLength,
  });
}

async function kernel(source: ByteSource, layer: LayerPlan): Promise<TensorInFile> {
  const { name: ofLayer, shape, entries, codeBits, book: offset, codes, end } = layer;
  const name = `${ofLayer}.weight`;
  const size = elementCount(shape);
  if (entries < 1 || entries > size) {
    throw new WeightsError(`${name} stores ${entries} entries for its ${size} weights`);
  }
  const bytes = await source.read(offset, 2 ** codeBits * floatBytes.F32);
  const book = new Float32Array(bytes.buffer, bytes.byteOffset, 2 ** codeBits);
  if (book[0] !== 0) {
    throw new WeightsError(`${name}'s code book begins with ${book[0] ?? 0}; what is pruned is 0`);
  }
  const bad = book.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new WeightsError(`${name}'s code book holds ${book[bad] ?? 0} at index ${bad}`);
  }
  const pieces = (): AsyncIterable<Float32Array> => decode(source, layer, book, name);
  return { name, shape, byteLength: end - codes, pieces };
}

/** Yields the weights in order: for each entry `gap` zeros, then the value of its code. */
async function* decode(
  source: ByteSource,
  layer: LayerPlan,
  book: Float32Array,
  name: string,
): AsyncGenerator<Float32Array> {
  const size = elementCount(layer.shape);
  const newPiece = (first: number): Float32Array =>
    new Float32Array(Math.min(pieceValues, size - first));
  let first = 0;
  let piece = newPiece(first);
  let position = -1;
  for (let done = 0; done < layer.entries; done += entriesAtATime) {
    const count = Math.min(entriesAtATime, layer.entries - done);
    const { codes, gaps } = await readEntries(source, layer, done, count);
    for (let i = 0; i < count; i++) {
      position += (gaps[i] ?? 0) + 1;
      if (position >= size) {
        throw new WeightsError(`${name} stores an entry at ${position} of its ${size} weights`);
      }
      while (position >= first + piece.length) {
        yield piece;
        first += piece.length;
        piece = newPiece(first);
      }
      piece[position - first] = book[codes[i] ?? 0] ?? 0;
    }
  }
  for (; first < size; first += piece.length, piece = newPiece(first)) yield piece;
}

async function readEntries(
  source: ByteSource,
  layer: LayerPlan,
  first: number,
  count: number,
): Promise<{ codes: Uint8Array; gaps: Uint8Array }> {
  const { codeBits } = layer;
  const codes = await source.read(
    layer.codes + (first * codeBits) / 8,
    Math.ceil((count * codeBits) / 8),
  );
  const gaps = await source.read(layer.gaps + first / 2, Math.ceil(count / 2));
  return { codes: codeBits === 8 ? codes : halfBytes(codes), gaps: halfBytes(gaps) };
}

/** Unpacks two numbers of 4 bits from each byte, the lower half first. */
function halfBytes(bytes: Uint8Array): Uint8Array {
  const values = new Uint8Array(bytes.length * 2);
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    values[2 * i] = byte & 15;
    values[2 * i + 1] = byte >> 4;
  }
  return values;
}
