import type { ByteSource } from '../bytes/byteSource';
import type { FloatType } from '../bytes/floatTypes';
import { toFloat32 } from '../bytes/floatTypes';
import { pieceBytes } from '../bytes/byteSource';
import { WeightsError } from '../bytes/weightsError';
import type { Range, WireField } from './protobufReader';
import { maxVarintBytes, wrongKind } from './protobufReader';

/** A run of numbers of fixed width that begin `stride` bytes apart. */
export interface FixedRun {
  readonly offset: number;
  readonly stride: number;
  readonly count: number;
}

/** Locates numbers of a repeated field of floats (width 4) or doubles (8), packed or not. */
export function fixedRun(field: WireField, width: 4 | 8): FixedRun {
  const { start, end } = field;
  if (field.kind === 'fixed' && field.width === width) {
    return { offset: start, stride: field.stride, count: field.count };
  }
  if (field.kind !== 'bytes') throw wrongKind(field);
  if ((end - start) % width !== 0) {
    throw new WeightsError(`the numbers at byte ${start} have ${end - start} bytes, not ${width}s`);
  }
  return { offset: start, stride: width, count: (end - start) / width };
}

export function runCount(runs: readonly FixedRun[]): number {
  return runs.reduce((sum, { count }) => sum + count, 0);
}

/** Yields the values of runs in order, `pieceBytes` at a time. */
export async function* fixedPieces(
  source: ByteSource,
  runs: readonly FixedRun[],
  type: FloatType & ('F32' | 'F64'),
): AsyncGenerator<Float32Array> {
  const width = type === 'F32' ? 4 : 8;
  for (const { offset, stride, count } of runs) {
    const most = Math.floor(pieceBytes / stride);
    for (let done = 0; done < count; done += most) {
      const some = Math.min(most, count - done);
      const bytes = await source.read(offset + done * stride, some * stride - (stride - width));
      yield toFloat32(stride === width ? bytes : withoutKeys(bytes, some, stride, width), type);
    }
  }
}

function withoutKeys(
  bytes: Uint8Array,
  count: number,
  stride: number,
  width: number,
): Uint8Array<ArrayBuffer> {
  const values = new Uint8Array(count * width);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < width; j++) values[i * width + j] = bytes[i * stride + j] ?? 0;
  }
  return values;
}

/** Reads a repeated field of floats, packed or not. */
export async function listedFloats(
  source: ByteSource,
  field: WireField,
  maxCount: number,
): Promise<readonly number[]> {
  const run = fixedRun(field, 4);
  if (run.count > maxCount) {
    throw new WeightsError(`the list at byte ${run.offset} has more than ${maxCount} numbers`);
  }
  const values: number[] = [];
  for await (const piece of fixedPieces(source, [run], 'F32')) values.push(...piece);
  return values;
}

/** Yields packed varints as int32, `pieceBytes` at a time. */
export async function* int32Pieces(
  source: ByteSource,
  ranges: readonly Range[],
): AsyncGenerator<Int32Array> {
  for (const { start, end } of ranges) {
    for (let at = start; at < end;) {
      const bytes = await source.read(at, Math.min(pieceBytes, end - at));
      const { values, used } = decodeInt32(bytes);
      if (used === 0) throw new WeightsError(`the number at byte ${at} does not end`);
      yield values;
      at += used;
    }
  }
}

/** Decodes all complete varints; int32 takes 64 bits in the file, of which the lower 32 are used. */
function decodeInt32(bytes: Uint8Array): { values: Int32Array; used: number } {
  const values = new Int32Array(bytes.length);
  let count = 0;
  let used = 0;
  let value = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    const place = i - used;
    if (place >= maxVarintBytes) return { values: values.subarray(0, count), used };
    if (place < 5) value |= (byte & 0x7f) << (7 * place);
    if (byte >= 0x80) continue;
    values[count++] = value;
    value = 0;
    used = i + 1;
  }
  return { values: values.subarray(0, count), used };
}
