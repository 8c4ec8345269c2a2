import type { ByteSource } from '../bytes/byteSource';
import { WeightsError } from '../bytes/weightsError';

/** A stretch of a file, in bytes from its start. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

interface VarintField extends Range {
  readonly kind: 'varint';
  readonly number: number;
  /** As a signed number of 64 bits; beyond 2^53 it is not exact. */
  readonly value: number;
}

interface BytesField extends Range {
  readonly kind: 'bytes';
  readonly number: number;
}

/** One number of fixed width, or as many of the same field as follow each other, `stride` bytes apart. */
export interface FixedField extends Range {
  readonly kind: 'fixed';
  readonly number: number;
  readonly width: 4 | 8;
  readonly stride: number;
  readonly count: number;
}

/** One field of a message; start and end are its content's. */
export type WireField = VarintField | BytesField | FixedField;

/** An AlexNet has some hundred, the largest networks some ten thousand; a file of millions of tiny fields only costs time. */
const maxFields = 100_000;
const maxTextBytes = 4096;
/** 64 bits, seven to a byte. */
export const maxVarintBytes = 10;
/** Up to here a varint's bits fit a double. */
const exactVarintBytes = 7;
const windowBytes = 2 ** 16;

/**
 * Walks messages of protocol buffers, a window at a time. The packages for it (protobufjs 8, pbf 5) want the message
 * whole in one buffer, which for these files is 245 MB, and make each repeated float field an array of its own.
 */
export class ProtobufReader {
  private window: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  private windowStart = 0;

  constructor(
    private readonly source: ByteSource,
    private fieldsLeft = maxFields,
  ) {}

  /** Every field of the message in this range, in order; throws where a field leaves it. */
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

  /** A short text, such as a name. */
  async text(range: Range): Promise<string> {
    const bytes = await this.bytes(range, maxTextBytes);
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch (error) {
      throw new WeightsError(`the name at byte ${range.start} is not UTF-8 text`, { cause: error });
    }
  }

  /** A repeated field's whole numbers, packed or single. */
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

  /** One float32. */
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

  /** A value of fixed width and all that follow it under the same key: repeated floats that are not packed come by the million. */
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

  /** The end of the records with this key that the window holds from `at` on. */
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

  /** Brings these bytes into the window. */
  private async show(start: number, end: number): Promise<void> {
    if (start >= this.windowStart && end <= this.windowStart + this.window.length) return;
    const length = Math.min(windowBytes, this.source.size - start);
    this.window = await this.source.read(start, length);
    this.windowStart = start;
  }
}

/** What a field's content is not, as an error. */
export function wrongKind({ number, start }: WireField): WeightsError {
  return new WeightsError(`field ${number} at byte ${start} is not of its kind`);
}

/** The range of a field that holds text, bytes or a message. */
export function contentOf(field: WireField): Range {
  if (field.kind !== 'bytes') throw wrongKind(field);
  return field;
}

/** The value of a field that holds one whole number. */
export function wholeOf(field: WireField): number {
  if (field.kind !== 'varint') throw wrongKind(field);
  return field.value;
}

function longVarint(bytes: Uint8Array): number {
  let value = 0n;
  for (const [i, byte] of bytes.entries()) value |= BigInt(byte & 0x7f) << BigInt(7 * i);
  return Number(BigInt.asIntN(64, value));
}
