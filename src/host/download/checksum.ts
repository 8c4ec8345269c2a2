import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Checksum } from '../../library/catalogue';
import { BadFileError } from './downloadError';

/** Throws unless a file has this checksum. */
export async function checkChecksum(
  path: string,
  name: string,
  { kind, hex }: Checksum,
): Promise<void> {
  const found = await checksumOf(path, kind);
  if (found !== hex)
    throw new BadFileError(`${name} has the checksum ${found}; it should be ${hex}`);
}

/** A file's checksum in hexadecimal. */
export async function checksumOf(path: string, kind: Checksum['kind']): Promise<string> {
  const hash = createHash(kind === 'sha256' ? 'sha256' : 'sha1');
  if (kind === 'gitBlob') hash.update(`blob ${(await stat(path)).size}\0`);
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
