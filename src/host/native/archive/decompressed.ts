import { pipeline } from 'node:stream';
import type { Gunzip, InflateRaw } from 'node:zlib';
import { BadFileError } from '../../download/downloadError';

/** What a decompressor makes of a stream; damage becomes a sentence, whoever reads it. */
export async function* decompressed(
  packed: AsyncIterable<Buffer>,
  decompressor: Gunzip | InflateRaw,
): AsyncGenerator<Buffer> {
  try {
    // Errors of both reach whoever reads the last stream.
    yield* pipeline(packed, decompressor, () => undefined) as AsyncIterable<Buffer>;
  } catch (error) {
    if (!isZlibError(error)) throw error;
    throw new BadFileError(`the archive is damaged (${error.message})`, { cause: error });
  }
}

function isZlibError(error: unknown): error is Error {
  const { code } = error as { code?: unknown };
  return error instanceof Error && typeof code === 'string' && code.startsWith('Z_');
}
