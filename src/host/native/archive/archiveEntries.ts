import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { BadFileError } from '../../download/downloadError';
import { decompressed } from './decompressed';
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
      yield* zipEntries(file);
    } else {
      const packed = file.createReadStream({ start: 0, autoClose: false });
      yield* tarEntries(decompressed(packed as AsyncIterable<Buffer>, createGunzip()));
    }
  } finally {
    await file.close();
  }
}

function checkKind(start: Buffer, kind: 'tar.gz' | 'zip'): void {
  const magic = kind === 'zip' ? [0x50, 0x4b] : [0x1f, 0x8b];
  if (magic.every((byte, i) => start[i] === byte)) return;
  const page = /^\s*(?:<!doctype html|<html|<\?xml)/i.test(start.toString('latin1'));
  throw new BadFileError(
    page ? 'this is a web page, not an archive' : `this is not a ${kind} archive`,
  );
}
