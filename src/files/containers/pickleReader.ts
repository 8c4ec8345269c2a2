import { WeightsError } from '../bytes/weightsError';

/** Bound of a number's bytes; sizes, seeds and magic numbers are shorter. */
const maxIntegerBytes = 64;
/** Bound of a line, which protocol 0 writes numbers and names in. */
const maxLineBytes = 4096;

/** A pickle goes on beyond the bytes that are there. */
export class PickleEndError extends WeightsError {}

/** Reads a pickle's bytes in order; throws a WeightsError past the end. */
export class PickleReader {
  private readonly view: DataView;

  constructor(
    private readonly data: Uint8Array,
    public at: number,
  ) {
    this.view = new DataView(data.buffer, data.byteOffset, data.length);
  }

  u8(): number {
    return this.view.getUint8(this.advance(1));
  }

  u16(): number {
    return this.view.getUint16(this.advance(2), true);
  }

  i32(): number {
    return this.view.getInt32(this.advance(4), true);
  }

  u32(): number {
    return this.view.getUint32(this.advance(4), true);
  }

  /** Reads a length of 8 bytes; an impossible one fails when its bytes are read. */
  u64(): number {
    return Number(this.view.getBigUint64(this.advance(8), true));
  }

  /** Reads a float64, the only big-endian number of a pickle. */
  f64(): number {
    return this.view.getFloat64(this.advance(8), false);
  }

  bytes(length: number): Uint8Array {
    const start = this.advance(length);
    return this.data.subarray(start, start + length);
  }

  /** Reads little-endian two's complement; a number where that is exact, else a bigint. */
  integer(length: number): number | bigint {
    if (length > maxIntegerBytes) {
      throw new WeightsError(`the pickle holds a number of ${length} bytes`);
    }
    let value = 0n;
    for (const byte of this.bytes(length).toReversed()) value = (value << 8n) | BigInt(byte);
    return exact(BigInt.asIntN(8 * length, value));
  }

  utf8(length: number): string {
    return Buffer.from(this.bytes(length)).toString('utf8');
  }

  latin1(length: number): string {
    return Buffer.from(this.bytes(length)).toString('latin1');
  }

  /** Reads a line; the line end is consumed. */
  line(): string {
    const end = this.data.subarray(this.at, this.at + maxLineBytes).indexOf(0x0a);
    if (end < 0) throw new WeightsError(`the pickle has no end of line after byte ${this.at}`);
    const text = this.utf8(end);
    this.advance(1);
    return text;
  }

  /** Reads a line with an integer, with or without Python 2's L. */
  integerLine(): number | bigint {
    const text = this.line();
    if (!/^-?\d{1,150}L?$/.test(text)) {
      throw new WeightsError(`the pickle has ${JSON.stringify(text)} where a number belongs`);
    }
    return exact(BigInt(text.replace('L', '')));
  }

  private advance(length: number): number {
    const start = this.at;
    if (length > this.data.length - start) {
      throw new PickleEndError(`the pickle ends at byte ${this.data.length}, in the middle`);
    }
    this.at += length;
    return start;
  }
}

function exact(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
