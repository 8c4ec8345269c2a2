import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import type { ByteSource } from '../bytes/byteSource';
import { sourcePieces } from '../bytes/sliceSource';
import { WeightsError } from '../bytes/weightsError';

/** What the archive's directory says of an entry. */
export interface Promised {
  readonly name: string;
  readonly size: number;
  readonly crc32: number;
}

/** How much is read from the file, and inflated, at once. */
export const chunkBytes = 2 ** 16;

/** A deflated entry's bytes; holds only a few chunks at a time, however much they unpack to. */
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

/** The same chunks; the loop over them fails where length or checksum are not the promised ones. */
export async function* checkedChunks(
  chunks: AsyncIterable<Uint8Array>,
  { name, size, crc32: expected }: Promised,
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

/** Which pieces are made of chunks. */
export interface Joined {
  readonly skip: number;
  /** Of what follows, all of it. */
  readonly length: number;
  readonly most: number;
  /** Whether every piece may be in the same memory. */
  readonly reuse: boolean;
}

/** What follows the first `skip` bytes, `length` bytes in all, joined to pieces of `most` bytes. */
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
