import { ByteReader, damaged } from './byteReader';

/** Bytes of one value by field type (TIFF 6.0, section 2); fields of other types are not needed here. */
const typeSizes: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 7: 1 };
const entrySize = 12;
/** Bounds the values of a tag: more than a 100-megapixel picture has strips. */
const maxValues = 1_000_000;

/** The first image file directory of TIFF or EXIF data. */
export interface TiffDirectory {
  readonly littleEndian: boolean;
  /** All values of a tag; empty where the directory does not have it. */
  values(tag: number): readonly number[];
}

/** Reads the whole-number tags of the first directory; `what` names the file in errors. */
export function readTiffDirectory(bytes: Uint8Array, what: string): TiffDirectory {
  const reader = new ByteReader(bytes, what);
  const littleEndian = reader.ascii(0, 2) === 'II';
  if (reader.u16(2, littleEndian) !== 42) throw damaged(what, 'its header lacks the number 42');
  const start = reader.u32(4, littleEndian);
  const count = reader.u16(start, littleEndian);
  reader.check(start + 2, count * entrySize);
  const entries = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const at = start + 2 + i * entrySize;
    const tag = reader.u16(at, littleEndian);
    if (!entries.has(tag)) entries.set(tag, at);
  }
  return {
    littleEndian,
    values(tag) {
      const at = entries.get(tag);
      return at === undefined ? [] : readValues(reader, at, littleEndian, what);
    },
  };
}

function readValues(
  reader: ByteReader,
  entry: number,
  littleEndian: boolean,
  what: string,
): readonly number[] {
  const size = typeSizes[reader.u16(entry + 2, littleEndian)];
  const count = reader.u32(entry + 4, littleEndian);
  if (size === undefined) return [];
  if (count > maxValues) throw damaged(what, `a tag claims ${count} values`);
  const inline = count * size <= 4;
  const at = reader.check(inline ? entry + 8 : reader.u32(entry + 8, littleEndian), count * size);
  return Array.from({ length: count }, (_, i) => {
    if (size === 1) return reader.u8(at + i);
    return size === 2 ? reader.u16(at + 2 * i, littleEndian) : reader.u32(at + 4 * i, littleEndian);
  });
}
