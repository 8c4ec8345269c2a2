import { elementCount } from '../../network/tensor/shape';
import type { ByteSource } from '../bytes/byteSource';
import { fieldsOf } from '../containers/smallJson';
import { floatBytes, isFloatType, type FloatType } from '../bytes/floatTypes';
import type { RawTensor } from '../tensors/rawTensor';
import { rawTensor } from '../tensors/rawTensor';
import { withWholeWeights } from '../tensors/reparametrised';
import type { TensorFile, WeightsFormat } from '../tensors/tensorFile';
import { WeightsError } from '../bytes/weightsError';

const lengthBytes = 8;
const metadataName = '__metadata__';
/** Bound of the header; AlexNet's has under 2 kB. */
const maxHeaderBytes = 1 << 20;

/** Bytes of a number of each type that may lie in a file. */
const types = {
  ...floatBytes,
  ...{ I64: 8, I32: 4, I16: 2, I8: 1, U64: 8, U32: 4, U16: 2, U8: 1, BOOL: 1 },
};

/** Hugging Face's format: the header's length, a header of JSON, then the tensors back to back. */
export const safetensors: WeightsFormat = { name: 'safetensors', recognises, open };

/** Recognises a plausible length of the header, then `{`. */
async function recognises(source: ByteSource): Promise<boolean> {
  if (source.size < lengthBytes + 2) return false;
  const start = await source.read(0, lengthBytes + 1);
  return start[lengthBytes] === 0x7b && readLength(start) <= BigInt(source.size);
}

async function open(source: ByteSource): Promise<TensorFile> {
  const { entries, savedFor } = await readSafetensorsHeader(source, types);
  const tensors = entries.flatMap(({ type, ...entry }) => {
    if (isFloatType(type)) return rawTensor(source, { ...entry, type });
    // A batch norm counts its batches; integers of two axes are weights that something has quantised.
    if (entry.shape.length < 2) return [];
    throw new WeightsError(
      `${entry.name} has type ${JSON.stringify(type)}; float64, float32, float16 and bfloat16 are read`,
    );
  });
  return { tensors: withWholeWeights(tensors), ...(savedFor !== undefined && { savedFor }) };
}

/** Where a tensor lies; the offset is in bytes from the file's start. */
export interface SafetensorsEntry<Type extends string> extends Omit<RawTensor, 'type'> {
  readonly type: Type;
}

/** Content of a header. */
export interface SafetensorsHeader<Type extends string = FloatType> {
  readonly entries: readonly SafetensorsEntry<Type>[];
  /** The id of the document that this product saved the file for. */
  readonly savedFor?: string;
  /** All that the file says of itself in text. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Reads the header and checks that every byte of the file belongs to exactly one tensor, of one of these types. */
export async function readSafetensorsHeader(source: ByteSource): Promise<SafetensorsHeader>;
export async function readSafetensorsHeader<Type extends string>(
  source: ByteSource,
  types: Readonly<Record<Type, number>>,
): Promise<SafetensorsHeader<Type>>;
export async function readSafetensorsHeader(
  source: ByteSource,
  types: Readonly<Record<string, number>> = floatBytes,
): Promise<SafetensorsHeader<string>> {
  if (source.size < lengthBytes) throw new WeightsError(`the file has only ${source.size} bytes`);
  const length = readLength(await source.read(0, lengthBytes));
  if (length > BigInt(maxHeaderBytes)) {
    throw new WeightsError(
      `the header claims ${length} bytes, more than ${maxHeaderBytes} make no sense`,
    );
  }
  const dataStart = lengthBytes + Number(length);
  if (dataStart > source.size) {
    throw new WeightsError(`the header claims ${length} bytes of a file of ${source.size}`);
  }
  const text = decodeText(await source.read(lengthBytes, Number(length)));
  const header = Object.entries(parseHeader(text));
  const entries = header
    .filter(([name]) => name !== metadataName)
    .map(([name, value]) => checkEntry(name, value, { dataStart, types }));
  checkCoverage(entries, dataStart, source.size);
  const said = fieldsOf(header.find(([name]) => name === metadataName)?.[1]) ?? {};
  const metadata = Object.fromEntries(
    Object.entries(said).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  const { variant: savedFor } = metadata;
  return { entries, metadata, ...(savedFor !== undefined && { savedFor }) };
}

function readLength(bytes: Uint8Array<ArrayBuffer>): bigint {
  return new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new WeightsError('the header is not UTF-8 text', { cause: error });
  }
}

function parseHeader(text: string): object {
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch (error) {
    throw new WeightsError('the header is not valid JSON', { cause: error });
  }
  if (typeof header === 'object' && header && !Array.isArray(header)) return header;
  throw new WeightsError('the header is not a JSON object');
}

interface Surroundings {
  readonly dataStart: number;
  /** Bytes of a number. */
  readonly types: Readonly<Record<string, number>>;
}

function checkEntry(
  name: string,
  value: unknown,
  { dataStart, types }: Surroundings,
): SafetensorsEntry<string> {
  const fields: { dtype?: unknown; shape?: unknown; data_offsets?: unknown } | null | undefined =
    typeof value === 'object' ? value : undefined;
  const { dtype: type, shape, data_offsets: offsets } = fields ?? {};
  const bytes = typeof type === 'string' && Object.hasOwn(types, type) ? types[type] : undefined;
  if (bytes === undefined) {
    const told = type === undefined ? 'none' : JSON.stringify(type);
    throw new WeightsError(
      `${name} has type ${told}; float64, float32, float16 and bfloat16 are read`,
    );
  }
  if (!isWholeList(shape) || !isWholeList(offsets) || offsets.length !== 2) {
    throw new WeightsError(`${name} has no valid shape and data offsets`);
  }
  const [begin = 0, end = 0] = offsets;
  const byteLength = elementCount(shape) * bytes;
  if (!Number.isSafeInteger(byteLength) || end - begin !== byteLength) {
    throw new WeightsError(
      `${name} has shape [${shape.join(', ')}] of ${String(type)}, ${byteLength} bytes, but offsets ${begin} to ${end}`,
    );
  }
  return { name, type: String(type), shape, offset: dataStart + begin, byteLength };
}

function isWholeList(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

function checkCoverage(
  entries: readonly Omit<RawTensor, 'type'>[],
  dataStart: number,
  size: number,
): void {
  let reached = dataStart;
  for (const entry of [...entries].sort((a, b) => a.offset - b.offset)) {
    if (entry.offset !== reached) {
      const what =
        entry.offset < reached ? 'overlaps the tensor before it' : 'leaves a hole before it';
      throw new WeightsError(`${entry.name} ${what} (byte ${entry.offset}, expected ${reached})`);
    }
    reached += entry.byteLength;
  }
  if (reached !== size) {
    throw new WeightsError(`the file has ${size} bytes, its header describes ${reached}`);
  }
}
