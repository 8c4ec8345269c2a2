import { damaged } from '../byteReader';
import { PictureError } from '../pictureError';
import { FaxBits } from './faxBits';
import { faxModes, faxRuns, horizontal, pass } from './faxCodes';
import type { TiffHeader } from './tiffHeader';

/** Where a row changes from white to black and back, in pixels, rising; what is behind the last change has its colour. */
type Changes = readonly number[];

type RowReader = (bits: FaxBits, above: Changes, width: number) => Changes;

/** T4Options and T6Options: rows told by the one above, and data that is not packed, which nobody writes. */
const [twoDimensional, uncompressed] = [1, 2];

/** Row readers by the Compression tag: modified Huffman, Group 3 and Group 4 (TIFF 6.0, sections 10 and 11). */
const rowReaders: Readonly<Record<number, (options: number, bits: FaxBits) => RowReader>> = {
  2: () => (bits, _, width) => {
    const row = runs(bits, width);
    bits.toByte();
    return row;
  },
  3: (options, { isAtEndOfRow }) => {
    // Some writers leave the ends of rows out, of which the first comes before the first row.
    if (!isAtEndOfRow) return (bits, _, width) => runs(bits, width);
    return (bits, above, width) => {
      bits.endOfRow();
      const isAlone = (options & twoDimensional) === 0 || bits.bit() === 1;
      return isAlone ? runs(bits, width) : fromAbove(bits, above, width);
    };
  },
  4: () => fromAbove,
};

/**
 * The unpacker of fax data, or undefined where a file has none: rows of bits, 1 for black. Own code because no kept package
 * does it. Refuses what libtiff mends by guesses.
 */
export function faxDecompressor({
  compression,
  faxOptions,
  bits,
  samples,
  tileWidth: width,
}: TiffHeader): ((data: Uint8Array, size: number) => Promise<Uint8Array>) | undefined {
  const rowReader = rowReaders[compression];
  if (!rowReader) return undefined;
  if (bits !== 1 || samples !== 1 || (faxOptions & uncompressed) !== 0)
    throw new PictureError(
      `a TIFF with fax inside, of ${samples} x ${bits} bits and options ${faxOptions}, is not supported: save it with LZW or as PNG`,
    );
  const stride = Math.ceil(width / 8);
  return (data, size) => {
    const rows = new Uint8Array(size);
    const source = new FaxBits(data);
    const readRow = rowReader(faxOptions, source);
    let changes: Changes = [];
    for (let at = 0; at < size; at += stride) {
      changes = readRow(source, changes, width).filter((change) => change < width);
      blacken(rows.subarray(at, at + stride), changes, width);
    }
    return Promise.resolve(rows);
  };
}

/** A row of runs, white first. */
function runs(bits: FaxBits, width: number): Changes {
  const changes: number[] = [];
  for (let at = 0; at < width; changes.push(at)) {
    at += run(bits, changes.length);
    if (at > width) throw tooLong(width);
  }
  return changes;
}

/** A row told by the one above (T.4, section 4.2): `at` is a0 of the recommendation, b1 and b2 are changes above. */
function fromAbove(bits: FaxBits, above: Changes, width: number): Changes {
  checkRising(above);
  const changes: number[] = [];
  let at = -1;
  for (let from = 0; at < width;) {
    const mode = bits.next(faxModes);
    // Of the changes above those count that lead away from the colour here.
    while (from > 0 && (above[from - 1] ?? width) > at) from--;
    while (from < above.length && (above[from] ?? width) <= at) from++;
    const b1 = (from & 1) === (changes.length & 1) ? from : from + 1;
    if (mode === pass) {
      at = above[b1 + 1] ?? width;
    } else if (mode === horizontal) {
      const first = Math.max(at, 0) + run(bits, changes.length);
      at = first + run(bits, changes.length + 1);
      changes.push(first, at);
    } else {
      at = (above[b1] ?? width) + mode;
      changes.push(at);
    }
    if (at > width) throw tooLong(width);
    // Also of the last row, which no other is told by.
    if (at < (changes.at(-2) ?? 0)) throw damaged('TIFF', 'a row of its fax data goes back');
  }
  return changes;
}

/** Of runs without pixels above, which no writer needs, readers make different rows. */
function checkRising(changes: Changes): void {
  if (changes.some((at, i) => i > 0 && at <= (changes[i - 1] ?? 0)))
    throw damaged('TIFF', 'its fax data has runs of no pixels');
}

function run(bits: FaxBits, index: number): number {
  const table = faxRuns[index % 2 === 0 ? 'white' : 'black'];
  let length = 0;
  for (;;) {
    const part = bits.next(table);
    length += part;
    if (part < 64) return length;
  }
}

function tooLong(width: number): PictureError {
  return damaged('TIFF', `a row of its fax data has more than its ${width} pixels`);
}

/** Sets the bits of every black run. */
function blacken(row: Uint8Array, changes: Changes, width: number): void {
  for (let i = 0; i < changes.length; i += 2) {
    const [from = width, to = width] = [changes[i], changes[i + 1]];
    for (let x = from; x < to; x++) row[x >> 3] = (row[x >> 3] ?? 0) | (0x80 >> (x & 7));
  }
}
