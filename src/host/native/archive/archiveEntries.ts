import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BadFileError } from '../../download/downloadError';
import type { ArchiveEntry } from './entry';
import { tarEntries } from './tarEntries';
import { zipEntries } from './zipEntries';

/** Opens an archive whose kind its first bytes must confirm, and gives its entries one by one. */
export async function* archiveEntries(
  path: string,
  kind: 'tar.gz' | 'zip',
): AsyncGenerator<ArchiveEntry> {
  const file = await open(path, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(512), 0, 512, 0);
    checkKind(buffer, kind);
    if (kind === 'zip') {
      yield* zipEntries(path);
    } else {
      const packed = file.createReadStream({ start: 0, autoClose: false });
      yield* tarEntries(gunzipped(packed as AsyncIterable<Buffer>));
    }
  } finally {
    await file.close();
  }
}

/** Damage becomes a sentence, whoever reads it. */
async function* gunzipped(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    // Errors of both reach whoever reads the last stream.
    yield* pipeline(packed, createGunzip(), () => undefined) as AsyncIterable<Buffer>;
  } catch (error) {
    if (!isZlibError(error)) throw error;
    throw new BadFileError(`the archive is damaged (${error.message})`, { cause: error });
  }
}

function isZlibError(error: unknown): error is Error {
  const { code } = error as { code?: unknown };
  return error instanceof Error && typeof code === 'string' && code.startsWith('Z_');
}

function checkKind(start: Buffer, kind: 'tar.gz' | 'zip'): void {
  const magic = kind === 'zip' ? [0x50, 0x4b] : [0x1f, 0x8b];
  if (magic.every((byte, i) => start[i] === byte)) return;
  const page = /^\s*(?:<!doctype html|<html|<\?xml)/i.test(start.toString('latin1'));
  throw new BadFileError(
    page ? 'this is a web page, not an archive' : `this is not a ${kind} archive`,
  );
}
