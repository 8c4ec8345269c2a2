import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { WeightsError } from '../../bytes/weightsError';
import { Hdf5Cursor } from './hdf5Cursor';
import type { Hdf5Message } from './hdf5Header';
import { messageTypes } from './hdf5Header';
import { unpackLzf } from './lzf';

/** A step that a chunk's bytes went through before they were stored. */
export interface Hdf5Filter {
  readonly id: number;
  readonly settings: readonly number[];
}

type Bytes = Uint8Array<ArrayBuffer>;
/** Undoes a filter; `most` is the largest result. */
type Undo = (bytes: Bytes, most: number, settings: readonly number[]) => Promise<Bytes> | Bytes;

const checksumBytes = 4;
const inflating = promisify(inflate);

const undoing: ReadonlyMap<number, Undo> = new Map<number, Undo>([
  [1, inflated],
  [2, (bytes, _most, [width = 1]) => unshuffled(bytes, width)],
  [3, checked],
  [32_000, unpackLzf],
]);

/** Filters that HDF5 and h5py's users have besides, by their numbers. */
const others: Readonly<Record<number, string>> = {
  4: 'SZIP',
  5: 'N-bit packing',
  6: 'a scale and an offset',
  32_001: 'Blosc',
  32_004: 'LZ4',
  32_008: 'Bitshuffle',
  32_015: 'Zstandard',
  32_026: 'Blosc2',
};

const maxFilters = 32;
/** Numbers from here on are of filters that are not HDF5's own; newer descriptions name only these. */
const firstNamed = 256;

/** Reads a dataset's filters, in the order in which they were applied; throws a WeightsError for one that is not known. */
export function parseFilters(
  messages: readonly Hdf5Message[],
  name: string,
): readonly Hdf5Filter[] {
  const message = messages.find(({ type }) => type === messageTypes.filters);
  if (!message) return [];
  const cursor = new Hdf5Cursor(message.body);
  const version = cursor.u8();
  const count = cursor.u8();
  if (version > 2 || count > maxFilters) throw new WeightsError(`${name} has ${count} filters`);
  if (version === 1) cursor.skip(6);
  return Array.from({ length: count }, () => parseFilter(cursor, version, name));
}

function parseFilter(cursor: Hdf5Cursor, version: number, name: string): Hdf5Filter {
  const id = cursor.u16();
  const nameBytes = version === 1 || id >= firstNamed ? cursor.u16() : 0;
  const count = cursor.skip(2).u16();
  cursor.skip(version === 1 ? Math.ceil(nameBytes / 8) * 8 : nameBytes);
  const settings = Array.from({ length: count }, () => cursor.u32());
  if (version === 1 && count % 2 === 1) cursor.skip(4);
  if (undoing.has(id)) return { id, settings };
  const what = others[id] ?? `HDF5's filter ${id}`;
  throw new WeightsError(
    `${name} is compressed by ${what}, which is not read: save it with gzip or without compression`,
  );
}

/** Undoes filters, but for those whose bits are set in the mask; throws a WeightsError for more than `most` bytes. */
export async function unfiltered(
  stored: Bytes,
  filters: readonly Hdf5Filter[],
  mask: number,
  most: number,
): Promise<Bytes> {
  let bytes = stored;
  for (const [i, { id, settings }] of [...filters.entries()].reverse()) {
    if ((mask >>> i) & 1) continue;
    // What is checked has its checksum behind it.
    bytes =
      (await undoing.get(id)?.(bytes, most + checksumBytes * filters.length, settings)) ?? bytes;
  }
  return bytes;
}

/** Unpacks Deflate, no further than `most` bytes. */
async function inflated(bytes: Bytes, most: number): Promise<Bytes> {
  try {
    return new Uint8Array(await inflating(bytes, { maxOutputLength: most }));
  } catch (error) {
    throw new WeightsError(
      'a chunk of the HDF5 file is no Deflate, or holds more than its shape: save the file again',
      { cause: error },
    );
  }
}

/** Puts together the bytes of each element, which were stored apart: all first ones, all second ones. */
function unshuffled(bytes: Bytes, width: number): Bytes {
  const count = width > 1 ? Math.floor(bytes.length / width) : 0;
  if (count === 0) return bytes;
  const whole = new Uint8Array(bytes.length);
  for (let at = 0; at < width; at++) {
    const from = at * count;
    for (let i = 0, to = at; i < count; i++, to += width) whole[to] = bytes[from + i] ?? 0;
  }
  whole.set(bytes.subarray(count * width), count * width);
  return whole;
}

/** Compares what Fletcher's checksum at the end says, and takes it off. */
function checked(bytes: Bytes): Bytes {
  const end = bytes.length - checksumBytes;
  if (end < 0) throw new WeightsError('a chunk of the HDF5 file is cut short');
  const said = new DataView(bytes.buffer, bytes.byteOffset + end).getUint32(0, true);
  const values = bytes.subarray(0, end);
  if (fletcher32(values) === said) return values;
  throw new WeightsError(
    'a chunk of the HDF5 file is not what was written: its checksum is another',
  );
}

/** Words that can be added before a sum of 32 bits could overflow. */
const wordsAtOnce = 360;

/** Fletcher's checksum of 16-bit words, high byte first, as HDF5 has it; a last odd byte is a word's high one. */
function fletcher32(bytes: Uint8Array): number {
  let sum = 0;
  let sums = 0;
  const fold = (value: number): number => (value & 0xffff) + (value >>> 16);
  for (let at = 0; at < bytes.length;) {
    const end = Math.min(bytes.length, at + 2 * wordsAtOnce);
    for (; at < end; at += 2) {
      sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
      sums += sum;
    }
    sum = fold(sum);
    sums = fold(sums);
  }
  return ((fold(sums) << 16) | fold(sum)) >>> 0;
}
