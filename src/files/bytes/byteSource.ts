import { constants, open } from 'node:fs/promises';
import { WeightsError } from './weightsError';

/** How many bytes are read at a time. */
export const pieceBytes = 2 ** 20;

/** Bytes that are read piece by piece, so that a large file never has to be in memory as a whole. */
export interface ByteSource {
  readonly size: number;
  /** Returns new memory, or a part of `into` where that is given and large enough. */
  read(
    offset: number,
    length: number,
    into?: Uint8Array<ArrayBuffer>,
  ): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/** Without the second, which Windows lacks (`undefined` sets no bit), opening a pipe would wait for one who writes. */
const forReading = constants.O_RDONLY | constants.O_NONBLOCK;

/** Opens a file on this machine. */
export async function fileSource(path: string): Promise<ByteSource> {
  const file = await open(path, forReading).catch((error: unknown) => {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new WeightsError(`could not be opened (${code})`, { cause: error });
  });
  const stats = await file.stat();
  if (!stats.isFile()) {
    await file.close();
    throw new WeightsError('not a file');
  }
  return {
    size: stats.size,
    async read(offset, length, into) {
      const bytes =
        into && into.length >= length ? into.subarray(0, length) : new Uint8Array(length);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await file.read(bytes, filled, length - filled, offset + filled);
        if (bytesRead === 0) {
          throw new WeightsError(
            `the file ends at byte ${offset + filled}, ${offset + length} were promised`,
          );
        }
        filled += bytesRead;
      }
      return bytes;
    },
    close: () => file.close(),
  };
}

/** Makes a source of bytes in memory. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (offset, length) =>
      Promise.resolve(Uint8Array.from(bytes.subarray(offset, offset + length))),
    close: () => Promise.resolve(),
  };
}
