import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import type { ByteSource } from '../byteSource';
import { WeightsError } from '../weightsError';

/** What the archive's directory says of an entry. */
export interface Promised {
  readonly name: string;
  readonly size: number;
  readonly crc32: number;
}

/** How much is read from the file, and inflated, at once. */
const chunkBytes = 2 ** 16;

/** A stored entry's bytes. */
export async function* storedChunks(packed: ByteSource, most: number): AsyncGenerator<Uint8Array> {
  for (let done = 0; done < packed.size; done += most) {
    yield await packed.read(done, Math.min(most, packed.size - done));
  }
}

/** A deflated entry's bytes; holds only a few chunks at a time, however much they unpack to. */
export async function* inflatedChunks(
  packed: ByteSource,
  { name }: Promised,
): AsyncGenerator<Uint8Array> {
  const inflate = createInflateRaw({ chunkSize: chunkBytes });
  // An error reaches the loop below through the stream itself.
  pipeline(Readable.from(storedChunks(packed, chunkBytes)), inflate, () => undefined);
  try {
    for await (const chunk of inflate as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    if (error instanceof WeightsError || !(error instanceof Error)) throw error;
    throw new WeightsError(`${name} cannot be unpacked: ${error.message}`, { cause: error });
  } finally {
    inflate.destroy();
  }
}

/** Joins chunks to pieces of `most` bytes in memory of their own, and checks length and checksum before the last is given. */
export async function* checkedPieces(
  chunks: AsyncIterable<Uint8Array>,
  promised: Promised,
  most: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { name, size } = promised;
  const pieceSize = (done: number): number => Math.min(most, size - done);
  let piece = new Uint8Array(pieceSize(0));
  let filled = 0;
  let done = 0;
  let sum = 0;
  for await (const chunk of chunks) {
    sum = crc32(chunk, sum);
    for (let used = 0; used < chunk.length;) {
      if (filled === piece.length) {
        done += filled;
        if (done === size) throw new WeightsError(`${name} unpacks to more than its ${size} bytes`);
        yield piece;
        piece = new Uint8Array(pieceSize(done));
        filled = 0;
      }
      const part = chunk.subarray(used, used + piece.length - filled);
      piece.set(part, filled);
      filled += part.length;
      used += part.length;
    }
  }
  if (done + filled < size) {
    throw new WeightsError(`${name} ends after ${done + filled} of its ${size} bytes`);
  }
  if (sum !== promised.crc32) {
    throw new WeightsError(`${name} is damaged: its checksum is not the one in the archive`);
  }
  if (filled > 0) yield piece;
}
