import { PictureError } from './pictureError';

/** Reads numbers from untrusted bytes; reading past the end throws a PictureError that says the file is cut short. */
export class ByteReader {
  private readonly view: DataView;

  constructor(
    readonly bytes: Uint8Array,
    private readonly what: string,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  u8(at: number): number {
    return this.view.getUint8(this.check(at, 1));
  }

  u16(at: number, littleEndian: boolean): number {
    return this.view.getUint16(this.check(at, 2), littleEndian);
  }

  u32(at: number, littleEndian: boolean): number {
    return this.view.getUint32(this.check(at, 4), littleEndian);
  }

  i32(at: number, littleEndian: boolean): number {
    return this.view.getInt32(this.check(at, 4), littleEndian);
  }

  /** Reads `length` bytes as Latin-1. */
  ascii(at: number, length: number): string {
    return String.fromCharCode(...this.slice(at, length));
  }

  /** Returns a view, not a copy. */
  slice(at: number, length: number): Uint8Array {
    this.check(at, length);
    return this.bytes.subarray(at, at + length);
  }

  /** Returns the offset; throws where fewer than `length` bytes follow it. */
  check(at: number, length: number): number {
    if (!(at >= 0 && length >= 0 && at + length <= this.bytes.length)) throw cutShort(this.what);
    return at;
  }
}

/** The error for a file that ends before its content does. */
export function cutShort(what: string): PictureError {
  return new PictureError(`the ${what} is cut short: fetch or save it again`);
}

/** The error for a file whose content contradicts itself. */
export function damaged(what: string, how: string): PictureError {
  return new PictureError(`the ${what} is damaged: ${how}`);
}
