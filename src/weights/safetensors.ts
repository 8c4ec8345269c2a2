import type { Shape } from '../network/shape';
import { elementCount } from '../network/shape';
import type { ByteSource } from './byteSource';
import type { FloatType } from './floatTypes';
import { floatBytes, isFloatType, toFloat32 } from './floatTypes';
import { WeightsError } from './weightsError';

/** Where one tensor lies in a safetensors file; offsets in bytes from the file's start. */
export interface TensorEntry {
  readonly name: string;
  readonly type: FloatType;
  readonly shape: Shape;
  readonly offset: number;
  readonly byteLength: number;
}

const lengthBytes = 8;
/** What is checked at a time; a whole number of every type. */
const pieceBytes = 2 ** 22;
/** AlexNet's header is under 2 kB; a header of megabytes is an attack. */
const maxHeaderBytes = 1 << 20;

/** Whether the file starts as a safetensors file does: a plausible header length, then `{`. */
export async function isSafetensors(source: ByteSource): Promise<boolean> {
  if (source.size < lengthBytes + 2) return false;
  const start = await source.read(0, lengthBytes + 1);
  return start[lengthBytes] === 0x7b && readLength(start) <= BigInt(source.size);
}

/** Reads and checks the header: every byte of the file belongs to exactly one tensor. */
export async function readSafetensorsHeader(source: ByteSource): Promise<readonly TensorEntry[]> {
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
  const entries = Object.entries(parseHeader(text))
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => checkEntry(name, value, dataStart));
  checkCoverage(entries, dataStart, source.size);
  return entries;
}

/** One tensor's values as float32; refuses NaN and infinities, which no trained network holds. */
export async function readSafetensor(
  source: ByteSource,
  entry: TensorEntry,
): Promise<Float32Array> {
  const values = toFloat32(await source.read(entry.offset, entry.byteLength), entry.type);
  checkValues(values, entry.name, 0);
  return values;
}

/** Reads piece by piece what readSafetensor reads at once, and refuses the same. */
export async function checkSafetensor(source: ByteSource, entry: TensorEntry): Promise<void> {
  for (let done = 0; done < entry.byteLength; done += pieceBytes) {
    const length = Math.min(pieceBytes, entry.byteLength - done);
    const values = toFloat32(await source.read(entry.offset + done, length), entry.type);
    checkValues(values, entry.name, done / floatBytes[entry.type]);
  }
}

/** `first` is where in the tensor the values begin. */
function checkValues(values: Float32Array, name: string, first: number): void {
  if (allFinite(values)) return;
  const bad = values.findIndex((value) => !Number.isFinite(value));
  throw new WeightsError(`${name} holds ${values[bad] ?? Number.NaN} at index ${first + bad}`);
}

/** Less itself a number is 0, and NaN and infinities are NaN: one sum tells, several times as fast as asking each. */
function allFinite(values: Float32Array): boolean {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    sum += value - value;
  }
  return sum === 0;
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

function checkEntry(name: string, value: unknown, dataStart: number): TensorEntry {
  const fields = (typeof value === 'object' ? value : undefined) as
    { dtype?: unknown; shape?: unknown; data_offsets?: unknown } | null | undefined;
  const { dtype: type, shape, data_offsets: offsets } = fields ?? {};
  if (!isFloatType(type)) {
    throw new WeightsError(
      `${name} has type ${JSON.stringify(type)}; float32, float16 and bfloat16 are read`,
    );
  }
  if (!isWholeList(shape) || !isWholeList(offsets) || offsets.length !== 2) {
    throw new WeightsError(`${name} has no valid shape and data offsets`);
  }
  const [begin = 0, end = 0] = offsets;
  const byteLength = elementCount(shape) * floatBytes[type];
  if (!Number.isSafeInteger(byteLength) || end - begin !== byteLength) {
    throw new WeightsError(
      `${name} has shape [${shape.join(', ')}] of ${type}, ${byteLength} bytes, but offsets ${begin} to ${end}`,
    );
  }
  return { name, type, shape, offset: dataStart + begin, byteLength };
}

function isWholeList(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

function checkCoverage(entries: readonly TensorEntry[], dataStart: number, size: number): void {
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
