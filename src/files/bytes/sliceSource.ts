import type { ByteSource } from './byteSource';
import { pieceBytes } from './byteSource';
import { WeightsError } from './weightsError';

/** A part of a source, such as an uncompressed file in an archive; closing it does not close the source. */
export function sliceSource(source: ByteSource, offset: number, length: number): ByteSource {
  if (!inside(offset, length, source.size)) {
    throw new WeightsError(
      `the file has ${source.size} bytes, ${length} from byte ${offset} on were promised`,
    );
  }
  return {
    size: length,
    read(start, count, into) {
      if (!inside(start, count, length)) {
        const why = `${count} bytes from byte ${start} on were promised, there are ${length}`;
        return Promise.reject(new WeightsError(why));
      }
      return source.read(offset + start, count, into);
    },
    close: () => Promise.resolve(),
  };
}

function inside(offset: number, length: number, size: number): boolean {
  return (
    Number.isSafeInteger(offset) &&
    Number.isSafeInteger(length) &&
    offset >= 0 &&
    length >= 0 &&
    offset + length <= size
  );
}

/** Yields the bytes of a part of a source in order; a piece is valid until the next is requested. */
export function partPieces(
  source: ByteSource,
  offset: number,
  length: number,
  most = pieceBytes,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  return sourcePieces(sliceSource(source, offset, length), most, true);
}

/** Yields all bytes of a source, `most` at a time; with `reuse` a piece is valid until the next is requested. */
export async function* sourcePieces(
  source: ByteSource,
  most = pieceBytes,
  reuse = false,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const into = reuse ? new Uint8Array(Math.min(most, source.size)) : undefined;
  for (let done = 0; done < source.size; done += most) {
    yield await source.read(done, Math.min(most, source.size - done), into);
  }
}

/** Joins several sources into one. */
export function joinedSource(parts: readonly ByteSource[]): ByteSource {
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  return {
    size,
    async read(offset, length) {
      const bytes = new Uint8Array(length);
      let start = 0;
      for (const part of parts) {
        const from = Math.max(offset, start);
        const to = Math.min(offset + length, start + part.size);
        if (from < to) bytes.set(await part.read(from - start, to - from), from - offset);
        start += part.size;
      }
      return bytes;
    },
    async close() {
      for (const part of parts) await part.close();
    },
  };
}
