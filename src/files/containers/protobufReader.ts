import type { ByteSource } from '../bytes/byteSource';
import { WeightsError } from '../bytes/weightsError';

/** A range of a file, in bytes from its start. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

interface VarintField extends Range {
  readonly kind: 'varint';
  readonly number: number;
  /** Value as a signed 64-bit number; not exact beyond 2^53. */
  readonly value: number;
}

interface BytesField extends Range {
  readonly kind: 'bytes';
  readonly number: number;
}

/** One number of fixed width, or consecutive ones of the same field, `stride` bytes apart. */
export interface FixedField extends Range {
  readonly kind: 'fixed';
  readonly number: number;
  readonly width: 4 | 8;
  readonly stride: number;
  readonly count: number;
}

/** A field of a message; start and end are those of its content. */
export type WireField = VarintField | BytesField | FixedField;

/** Bound of fields; an AlexNet has some hundred, the largest networks some ten thousand. */
const maxFields = 100_000;
const maxTextBytes = 4096;
/** Bytes of the longest varint: 64 bits, 7 in each byte. */
export const maxVarintBytes = 10;
/** Bytes up to which a varint is exact in a double. */
const exactVarintBytes = 7;
const windowBytes = 2 ** 16;

/**
 * Reads messages of protocol buffers through a window that moves over the file. Own code because protobufjs 8 and pbf 5
 * need the whole message in memory, 245 MB for these files, and copy each repeated float field.
 */
export class ProtobufReader {
  private window: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  private windowStart = 0;

  constructor(
    private readonly source: ByteSource,
    private fieldsLeft = maxFields,
  ) {}

  /** Yields the fields of the message in this range; throws a WeightsError where a field exceeds it. */
  async *fields({ start, end }: Range): AsyncGenerator<WireField> {
    for (let at = start; at < end;) {
      if (this.fieldsLeft-- <= 0) {
        throw new WeightsError(`too many fields up to byte ${at} for a file of weights`);
      }
      const field = await this.field(at, end);
      yield field;
      at = field.end;
    }
  }

  /** Reads a short text, such as a name. */
  async text(range: Range, maxBytes = maxTextBytes): Promise<string> {
    const bytes = await this.bytes(range, maxBytes);
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch (error) {
      throw new WeightsError(`the name at byte ${range.start} is not UTF-8 text`, { cause: error });
    }
  }

  /** Reads the integers of a repeated field, packed or not. */
  async varints(field: WireField, maxCount: number): Promise<readonly number[]> {
    if (field.kind === 'varint') return [field.value];
    if (field.kind === 'fixed') throw wrongKind(field);
    const values: number[] = [];
    for (let at = field.start; at < field.end;) {
      const { value, end } = await this.varint(at, field.end);
      values.push(value);
      if (values.length > maxCount) {
        throw new WeightsError(`the list at byte ${field.start} has more than ${maxCount} numbers`);
      }
      at = end;
    }
    return values;
  }

  /** Reads one float32. */
  async float(field: WireField): Promise<number> {
    if (field.kind !== 'fixed' || field.width !== 4) throw wrongKind(field);
    const last = { start: field.end - field.width, end: field.end };
    const bytes = await this.bytes(last, field.width);
    return new DataView(bytes.buffer, bytes.byteOffset).getFloat32(0, true);
  }

  private async bytes(range: Range, max: number): Promise<Uint8Array<ArrayBuffer>> {
    const { start, end } = range;
    if (end - start > max) {
      throw new WeightsError(`the name at byte ${start} has ${end - start} bytes, at most ${max}`);
    }
    await this.show(start, end);
    return this.window.subarray(start - this.windowStart, end - this.windowStart);
  }

  private async field(at: number, end: number): Promise<WireField> {
    const key = await this.varint(at, end);
    const number = Math.floor(key.value / 8);
    if (number < 1 || key.value >= 2 ** 32) {
      throw new WeightsError(`byte ${at} begins no field of a protocol buffer`);
    }
    switch (key.value % 8) {
      case 0: {
        const { value, end: after } = await this.varint(key.end, end);
        return { kind: 'varint', number, start: key.end, end: after, value };
      }
      case 1:
        return this.fixed(number, at, key.end, end, 8);
      case 2: {
        const { value: length, end: start } = await this.varint(key.end, end);
        if (length < 0 || length > end - start) {
          throw new WeightsError(
            `field ${number} at byte ${at} claims ${length} bytes where ${end - start} are left`,
          );
        }
        return { kind: 'bytes', number, start, end: start + length };
      }
      case 5:
        return this.fixed(number, at, key.end, end, 4);
      default:
        throw new WeightsError(`field ${number} at byte ${at} has wire type ${key.value % 8}`);
    }
  }

  /** Reads a value of fixed width and all that follow with the same key, as unpacked floats come by the million. */
  private async fixed(
    number: number,
    at: number,
    start: number,
    end: number,
    width: 4 | 8,
  ): Promise<FixedField> {
    if (start + width > end) {
      throw new WeightsError(`field ${number} at byte ${at} leaves its message`);
    }
    await this.show(at, start);
    const key = this.window.slice(at - this.windowStart, start - this.windowStart);
    const stride = key.length + width;
    let next = start + width;
    while (next + stride <= end) {
      await this.show(next, next + stride);
      const before = next;
      next = this.skipSame(key, next, stride, end);
      if (next === before) break;
    }
    return { kind: 'fixed', number, start, end: next, width, stride, count: (next - at) / stride };
  }

  /** End of the consecutive records with this key in the window, from `at` on. */
  private skipSame(key: Uint8Array, at: number, stride: number, end: number): number {
    const { window, windowStart } = this;
    const limit = Math.min(end - windowStart, window.length) - stride;
    let offset = at - windowStart;
    for (; offset <= limit; offset += stride) {
      for (let i = 0; i < key.length; i++) {
        if (window[offset + i] !== key[i]) return windowStart + offset;
      }
    }
    return windowStart + offset;
  }

  private async varint(at: number, end: number): Promise<{ value: number; end: number }> {
    const limit = Math.min(end, at + maxVarintBytes);
    await this.show(at, limit);
    const first = at - this.windowStart;
    let value = 0;
    for (let i = 0; i < limit - at; i++) {
      const byte = this.window[first + i] ?? 0;
      value += (byte & 0x7f) * 2 ** (7 * i);
      if (byte >= 0x80) continue;
      if (i >= exactVarintBytes) value = longVarint(this.window.subarray(first, first + i + 1));
      return { value, end: at + i + 1 };
    }
    throw new WeightsError(`the number at byte ${at} does not end`);
  }

  /** Moves the window to these bytes. */
  private async show(start: number, end: number): Promise<void> {
    if (start >= this.windowStart && end <= this.windowStart + this.window.length) return;
    const length = Math.min(Math.max(windowBytes, end - start), this.source.size - start);
    this.window = await this.source.read(start, length);
    this.windowStart = start;
  }
}

/** The error for a field of the wrong type. */
export function wrongKind({ number, start }: WireField): WeightsError {
  return new WeightsError(`field ${number} at byte ${start} is not of its kind`);
}

/** Range of a field with text, bytes or a message; throws a WeightsError for other types. */
export function contentOf(field: WireField): Range {
  if (field.kind !== 'bytes') throw wrongKind(field);
  return field;
}

/** Value of a field with one integer; throws a WeightsError for other types. */
export function wholeOf(field: WireField): number {
  if (field.kind !== 'varint') throw wrongKind(field);
  return field.value;
}

function longVarint(bytes: Uint8Array): number {
  let value = 0n;
  for (const [i, byte] of bytes.entries()) value |= BigInt(byte & 0x7f) << BigInt(7 * i);
  return Number(BigInt.asIntN(64, value));
}
