import { ByteReader, damaged } from './byteReader';
import { PictureError } from './pictureError';

/** Bytes of one value by field type (TIFF 6.0, section 2; 13 and 16 to 18: its supplements, BigTIFF). */
const typeSizes: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 7: 1, 13: 4, 16: 8, 18: 8 };
/** Bounds the values of a tag: more than a 100-megapixel picture has strips. */
const maxValues = 1_000_000;

/** Where the two forms keep things: of a directory its count, of an entry its count of values and the values or their place. */
interface Form {
  /** Of a number of the wide kind: 4 bytes, or 8 in BigTIFF. */
  readonly wide: number;
  readonly start: number;
  readonly countSize: number;
  readonly entrySize: number;
}

const forms: Readonly<Record<number, Form>> = {
  42: { wide: 4, start: 4, countSize: 2, entrySize: 12 },
  43: { wide: 8, start: 8, countSize: 8, entrySize: 20 },
};

/** The first image file directory of TIFF, BigTIFF or EXIF data. */
export interface TiffDirectory {
  readonly littleEndian: boolean;
  has(tag: number): boolean;
  /** All values of a tag; empty where the directory does not have it, or something other than whole numbers. */
  values(tag: number): readonly number[];
  /** The one number of a tag that is of two bytes or more; undefined for anything else. */
  number(tag: number): number | undefined;
}

/**
 * Reads the whole-number tags of the first directory, or of the one at a place, of EXIF those that are there where it is
 * cut; `what` names the file in errors.
 */
export function readTiffDirectory(
  bytes: Uint8Array,
  what: 'TIFF' | 'EXIF',
  place?: number,
): TiffDirectory {
  const reader = new ByteReader(bytes, what);
  const order = reader.ascii(0, 2);
  if (order !== 'II' && order !== 'MM')
    throw damaged(what, `it begins with ${JSON.stringify(order)}`);
  const littleEndian = order === 'II';
  const form = forms[reader.u16(2, littleEndian)];
  if (!form) throw damaged(what, 'its header lacks the number 42');
  const { wide, countSize, entrySize } = form;
  const number = (at: number, size: number): number => wholeAt(reader, at, size, littleEndian);
  const start = place ?? number(form.start, wide);
  const first = start + countSize;
  const told = number(start, countSize);
  const there = Math.floor((reader.length - first) / entrySize);
  const count = what === 'EXIF' ? Math.min(told, there) : told;
  reader.check(first, count * entrySize);
  const entries = new Map<number, number>();
  for (let at = first; at < first + count * entrySize; at += entrySize) {
    const tag = number(at, 2);
    if (!entries.has(tag)) entries.set(tag, at);
  }
  const sizeOf = (tag: number): number | undefined => {
    const at = entries.get(tag);
    return at === undefined ? undefined : typeSizes[number(at + 2, 2)];
  };
  return {
    littleEndian,
    has: (tag) => entries.has(tag),
    number(tag) {
      const values = (sizeOf(tag) ?? 0) > 1 ? this.values(tag) : [];
      return values.length === 1 ? values[0] : undefined;
    },
    values(tag) {
      const at = entries.get(tag);
      const size = sizeOf(tag);
      if (at === undefined || size === undefined) return [];
      const values = number(at + 4, wide);
      if (values > maxValues) throw damaged(what, `a tag claims ${values} values`);
      const inside = at + 4 + wide;
      const from = values * size <= wide ? inside : number(inside, wide);
      reader.check(from, values * size);
      return Array.from({ length: values }, (_, index) => number(from + index * size, size));
    },
  };
}

/** What is read, or undefined where it is broken and the picture can be had without it. */
export function unlessBroken<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof PictureError) return undefined;
    throw error;
  }
}

/** Of 8 bytes more than 2 ** 53 is past the end of any file. */
function wholeAt(reader: ByteReader, at: number, size: number, littleEndian: boolean): number {
  if (size === 1) return reader.u8(at);
  if (size === 2) return reader.u16(at, littleEndian);
  if (size === 4) return reader.u32(at, littleEndian);
  const [low, high] = littleEndian ? [at, at + 4] : [at + 4, at];
  return reader.u32(low, littleEndian) + reader.u32(high, littleEndian) * 2 ** 32;
}
