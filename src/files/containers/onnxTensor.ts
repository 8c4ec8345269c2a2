import type { Shape } from '../../network/tensor/shape';
import { elementCount } from '../../network/tensor/shape';
import type { ByteSource } from '../bytes/byteSource';
import type { FloatType } from '../bytes/floatTypes';
import { floatBytes, isFloatType, toFloat32 } from '../bytes/floatTypes';
import { partPieces } from '../bytes/sliceSource';
import { WeightsError } from '../bytes/weightsError';
import type { ExternalData } from './onnxExternal';
import { readExternalEntry } from './onnxExternal';
import type { FixedRun } from './protobufNumbers';
import { fixedPieces, fixedRun, int32Pieces, runCount } from './protobufNumbers';
import type { ProtobufReader, Range, WireField } from './protobufReader';
import { contentOf, wholeOf } from './protobufReader';

/** A TensorProto's fields and the places of its values, not yet checked against each other. */
export interface OnnxTensor {
  readonly name: string;
  readonly type: number;
  readonly shape: Shape;
  readonly raw: readonly Range[];
  readonly floats: readonly FixedRun[];
  readonly doubles: readonly FixedRun[];
  readonly int32s: readonly Range[];
  /** Set where the values are in another file. */
  readonly external?: ExternalData;
}

/** Types that numbers are read as. */
export type Numbers = Float32Array | Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array;

/** A tensor's numbers, whose count and bytes agree with its shape. */
export interface TensorNumbers {
  readonly byteLength: number;
  pieces(): AsyncIterable<Numbers>;
}

type NumberType = FloatType | 'U8' | 'I8' | 'U16' | 'I16' | 'I32';

/** Element types by TensorProto.DataType. */
const numberTypes: ReadonlyMap<number, NumberType> = new Map<number, NumberType>([
  [1, 'F32'],
  [2, 'U8'],
  [3, 'I8'],
  [4, 'U16'],
  [5, 'I16'],
  [6, 'I32'],
  [10, 'F16'],
  [11, 'F64'],
  [16, 'BF16'],
]);

const widths = { ...floatBytes, U8: 1, I8: 1, U16: 2, I16: 2, I32: 4 } as const;
const maxRank = 8;

export function isFloatTensor({ type }: OnnxTensor): boolean {
  return isFloatType(numberTypes.get(type));
}

/** Whether a tensor holds integers, which stand for weights together with a scale. */
export function isIntegerTensor(tensor: OnnxTensor): boolean {
  return numberTypes.has(tensor.type) && !isFloatTensor(tensor);
}

/** Reads a TensorProto; `called` is its name in the graph where it is not its own. */
export async function readOnnxTensor(
  reader: ProtobufReader,
  range: Range,
  called?: string,
): Promise<OnnxTensor> {
  let name = '';
  let type = 0;
  let elsewhere = false;
  const shape: number[] = [];
  const raw: Range[] = [];
  const floats: FixedRun[] = [];
  const doubles: FixedRun[] = [];
  const int32s: Range[] = [];
  const entries = new Map<string, string>();
  for await (const field of reader.fields(range)) {
    switch (field.number) {
      case 1:
        shape.push(...(await reader.varints(field, maxRank)));
        if (shape.length > maxRank)
          throw new WeightsError(`a tensor has more than ${maxRank} axes`);
        break;
      case 2:
        type = wholeOf(field);
        break;
      case 3:
        throw new WeightsError(`${name || 'a tensor'} is stored in segments, which are not read`);
      case 4:
        floats.push(fixedRun(field, 4));
        break;
      case 5:
        int32s.push(packedOf(field));
        break;
      case 8:
        name = await reader.text(contentOf(field));
        break;
      case 9:
        raw.push(contentOf(field));
        break;
      case 10:
        doubles.push(fixedRun(field, 8));
        break;
      case 13:
        await readExternalEntry(reader, contentOf(field), entries);
        break;
      case 14:
        elsewhere = wholeOf(field) === 1;
        break;
    }
  }
  const tensor = { name: called ?? name, type, shape, raw, floats, doubles, int32s };
  return elsewhere ? { ...tensor, external: { tensor: tensor.name, entries } } : tensor;
}

/** Range of the packed numbers of int32_data, which every version of the format declares packed. */
function packedOf(field: WireField): Range {
  if (field.kind === 'bytes') return field;
  throw new WeightsError(`the int32_data at byte ${field.start} is not packed, which is not read`);
}

/** Place of a tensor's values in `source`. */
interface Stored {
  readonly source: ByteSource;
  readonly range: Range;
}

/** Locates a tensor's numbers and checks type, shape and size without reading them; throws a WeightsError. */
export async function onnxNumbers(
  source: ByteSource,
  openExternal: (external: ExternalData, byteLength: number) => Promise<Stored>,
  tensor: OnnxTensor,
): Promise<TensorNumbers> {
  const { name, shape, raw, external } = tensor;
  const type = numberTypes.get(tensor.type);
  if (!type) {
    throw new WeightsError(
      `${name} has ONNX type ${tensor.type}; float32, float16, bfloat16, float64 and integers of 8 to 32 bits are read`,
    );
  }
  const count = checkedCount(tensor);
  const byteLength = count * widths[type];
  if (external) {
    const stored = await openExternal(external, byteLength);
    return { byteLength, pieces: () => rawNumbers(stored, type) };
  }
  const [range] = raw;
  if (!range) return listedNumbers(source, tensor, type, count);
  if (raw.length > 1 || listsOf(tensor) > 0) {
    throw new WeightsError(`${name} holds its values more than once`);
  }
  if (range.end - range.start !== byteLength) {
    throw new WeightsError(
      `${name} has shape [${shape.join(', ')}], ${byteLength} bytes, but holds ${range.end - range.start}`,
    );
  }
  return { byteLength, pieces: () => rawNumbers({ source, range }, type) };
}

function checkedCount({ name, shape }: OnnxTensor): number {
  const count = elementCount(shape);
  const whole = shape.every((size) => Number.isSafeInteger(size) && size >= 0);
  if (!whole || !Number.isSafeInteger(count * widths.F64)) {
    throw new WeightsError(`${name} has the impossible shape [${shape.join(', ')}]`);
  }
  return count;
}

function listsOf({ floats, doubles, int32s }: OnnxTensor): number {
  return floats.length + doubles.length + int32s.length;
}

/** Locates values that are stored as a repeated field of numbers. */
function listedNumbers(
  source: ByteSource,
  tensor: OnnxTensor,
  type: NumberType,
  count: number,
): TensorNumbers {
  const { name, floats, doubles, int32s } = tensor;
  if (type === 'F32' || type === 'F64') {
    const [runs, width] = type === 'F32' ? [floats, 4] : [doubles, 8];
    const found = runCount(runs);
    if (found !== count || listsOf(tensor) !== runs.length) throw wrongCount(tensor, found, count);
    return { byteLength: count * width, pieces: () => fixedPieces(source, runs, type) };
  }
  const byteLength = int32s.reduce((sum, { start, end }) => sum + end - start, 0);
  // A varint takes at least a byte; their exact number is known only after reading.
  if (byteLength < count || listsOf(tensor) !== int32s.length) {
    throw wrongCount(tensor, byteLength, count);
  }
  return { byteLength, pieces: () => listedIntegers(source, int32s, type, name) };
}

function wrongCount({ name, shape }: OnnxTensor, found: number, count: number): WeightsError {
  return new WeightsError(
    `${name} has shape [${shape.join(', ')}], ${count} values, but lists ${found}`,
  );
}

/** int32_data also holds narrower integers, and the bits of half floats. */
async function* listedIntegers(
  source: ByteSource,
  ranges: readonly Range[],
  type: Exclude<NumberType, 'F32' | 'F64'>,
  name: string,
): AsyncGenerator<Numbers> {
  const [low, high] = limits[type];
  for await (const values of int32Pieces(source, ranges)) {
    const bad = values.find((value) => value < low || value > high);
    if (bad !== undefined) throw new WeightsError(`${name} lists ${bad}, which is no ${type}`);
    yield type === 'F16' || type === 'BF16'
      ? toFloat32(new Uint8Array(Uint16Array.from(values).buffer), type)
      : values;
  }
}

const limits = {
  F16: [0, 0xffff],
  BF16: [0, 0xffff],
  U8: [0, 0xff],
  I8: [-0x80, 0x7f],
  U16: [0, 0xffff],
  I16: [-0x8000, 0x7fff],
  I32: [-(2 ** 31), 2 ** 31 - 1],
} as const;

async function* rawNumbers({ source, range }: Stored, type: NumberType): AsyncGenerator<Numbers> {
  const { start, end } = range;
  for await (const bytes of partPieces(source, start, end - start)) yield asNumbers(bytes, type);
}

function asNumbers(bytes: Uint8Array<ArrayBuffer>, type: NumberType): Numbers {
  const { buffer, byteOffset, length } = bytes;
  switch (type) {
    case 'U8':
      return bytes;
    case 'I8':
      return new Int8Array(buffer, byteOffset, length);
    case 'U16':
      return new Uint16Array(buffer, byteOffset, length / 2);
    case 'I16':
      return new Int16Array(buffer, byteOffset, length / 2);
    case 'I32':
      return new Int32Array(buffer, byteOffset, length / 4);
    case 'F64':
    case 'F32':
    case 'F16':
    case 'BF16':
      return toFloat32(bytes, type);
  }
}
