import { cutShort, damaged } from '../byteReader';
import { longestCode, type FaxTable } from './faxCodes';

/** Reads codes of fax data from the highest bit on. */
export class FaxBits {
  /** In bits from the start. */
  private at = 0;

  constructor(private readonly data: Uint8Array) {}

  /** The meaning of the next code; throws a PictureError where there is none. */
  next({ meanings, lengths }: FaxTable): number {
    const bits = this.peek(longestCode);
    const length = lengths[bits] ?? 0;
    if (length === 0) throw damaged('TIFF', 'its fax data has a code that there is not');
    this.skip(length);
    return meanings[bits] ?? 0;
  }

  /** Whether eleven zeros are next, which no code begins with. */
  get isAtEndOfRow(): boolean {
    return this.peek(zerosOfEnd) === 0;
  }

  /** Goes past the end of a row: eleven zeros or more, then a one. */
  endOfRow(): void {
    if (!this.isAtEndOfRow) throw damaged('TIFF', 'a row of its fax data does not begin');
    this.skip(zerosOfEnd);
    while (this.bit() === 0);
  }

  bit(): number {
    const bit = this.peek(1);
    this.skip(1);
    return bit;
  }

  toByte(): void {
    this.at = (this.at + 7) & ~7;
  }

  private skip(bits: number): void {
    this.at += bits;
    if (this.at > 8 * this.data.length) throw cutShort('TIFF');
  }

  /** The next bits, up to 13; zeros follow the last. */
  private peek(bits: number): number {
    const byte = this.at >> 3;
    const [first = 0, second = 0, third = 0] = this.data.subarray(byte, byte + 3);
    const held = (first << 16) | (second << 8) | third;
    return (held >> (24 - bits - (this.at & 7))) & ((1 << bits) - 1);
  }
}

const zerosOfEnd = 11;
