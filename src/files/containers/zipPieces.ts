import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import type { ByteSource } from '../bytes/byteSource';
import { sourcePieces } from '../bytes/sliceSource';
import { WeightsError } from '../bytes/weightsError';

/** Size and checksum of an entry by the archive's directory. */
export interface DirectoryEntry {
  readonly name: string;
  readonly size: number;
  readonly crc32: number;
}

/** Bytes that are inflated at once. */
const chunkBytes = 2 ** 16;

/** Yields a deflated entry's bytes, with only a few chunks in memory, however large it is. */
export async function* inflatedChunks(
  packed: ByteSource,
  name: string,
): AsyncGenerator<Uint8Array> {
  const inflate = createInflateRaw({ chunkSize: chunkBytes });
  // An error reaches the loop below through the stream itself.
  pipeline(Readable.from(sourcePieces(packed, chunkBytes)), inflate, () => undefined);
  try {
    for await (const chunk of inflate as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    if (error instanceof WeightsError || !(error instanceof Error)) throw error;
    throw new WeightsError(`${name} cannot be unpacked: ${error.message}`, { cause: error });
  } finally {
    inflate.destroy();
  }
}

/** Passes chunks on; throws a WeightsError where their length or checksum differ from the directory's. */
export async function* checkedChunks(
  chunks: AsyncIterable<Uint8Array>,
  { name, size, crc32: expected }: DirectoryEntry,
): AsyncGenerator<Uint8Array> {
  let length = 0;
  let sum = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > size) throw new WeightsError(`${name} unpacks to more than its ${size} bytes`);
    sum = crc32(chunk, sum);
    yield chunk;
  }
  if (length < size) throw new WeightsError(`${name} ends after ${length} of its ${size} bytes`);
  if (sum !== expected) {
    throw new WeightsError(`${name} is damaged: its checksum is not the one in the archive`);
  }
}

/** How chunks are joined to pieces. */
export interface Joined {
  readonly skip: number;
  /** Bytes after the skipped ones, in all pieces together. */
  readonly length: number;
  readonly most: number;
  /** Whether all pieces may share the same memory. */
  readonly reuse: boolean;
}

/** Yields `length` bytes after the first `skip`, in pieces of `most` bytes. */
export async function* joinedPieces(
  chunks: AsyncIterable<Uint8Array>,
  { skip, length, most, reuse }: Joined,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let piece = new Uint8Array(Math.min(most, length));
  let filled = 0;
  let given = 0;
  let toSkip = skip;
  for await (const chunk of chunks) {
    let used = Math.min(toSkip, chunk.length);
    toSkip -= used;
    while (used < chunk.length) {
      if (filled === piece.length) {
        yield piece;
        given += filled;
        const next = Math.min(most, length - given);
        piece = reuse ? piece.subarray(0, next) : new Uint8Array(next);
        filled = 0;
      }
      const part = chunk.subarray(used, used + piece.length - filled);
      piece.set(part, filled);
      filled += part.length;
      used += part.length;
    }
  }
  if (filled > 0) yield piece;
}
