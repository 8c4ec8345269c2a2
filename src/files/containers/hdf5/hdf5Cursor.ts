import { WeightsError } from '../../bytes/weightsError';

/** The address or length that stands for none: all bits set. */
export const nowhere = 2 ** 64 - 1;

/** Reads little-endian fields of an HDF5 structure in order; throws a WeightsError past its end. */
export class Hdf5Cursor {
  private readonly view: DataView;
  private at = 0;

  constructor(private readonly bytes: Uint8Array<ArrayBuffer>) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  u8(): number {
    return this.view.getUint8(this.advance(1));
  }

  u16(): number {
    return this.view.getUint16(this.advance(2), true);
  }

  u32(): number {
    return this.view.getUint32(this.advance(4), true);
  }

  /** Reads an address, length or size, exact up to 2^53; `nowhere` where all bits are set. */
  u64(): number {
    return Number(this.view.getBigUint64(this.advance(8), true));
  }

  /** Reads an unsigned number of `bytes` bytes. */
  uint(width: number): number {
    return this.take(width).reduceRight((value, byte) => value * 256 + byte, 0);
  }

  /** Returns a view, not a copy. */
  take(length: number): Uint8Array<ArrayBuffer> {
    const start = this.advance(length);
    return this.bytes.subarray(start, start + length);
  }

  skip(length: number): this {
    this.advance(length);
    return this;
  }

  /** Reads a structure's signature of four letters. */
  expect(signature: string): this {
    const found = Buffer.from(this.take(signature.length)).toString('latin1');
    if (found === signature) return this;
    throw new WeightsError(`the HDF5 structure ${signature} is damaged: save the file again`);
  }

  private advance(length: number): number {
    const start = this.at;
    if (!(length <= this.left)) {
      throw new WeightsError('an HDF5 structure is cut short: save the file again');
    }
    this.at += length;
    return start;
  }
}

/** Decodes text up to the first zero, without padding spaces. */
export function hdf5Text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end)).trimEnd();
}
