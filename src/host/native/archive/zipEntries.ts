import { crc32 } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { openPromise } from 'yauzl';
import { BadFileError } from '../../download/downloadError';
import { innerPath, type ArchiveEntry } from './entry';

const fileTypeMask = 0o170000;
const linkType = 0o120000;

/** The entries of a zip, in its directory's order. */
export async function* zipEntries(path: string): AsyncGenerator<ArchiveEntry> {
  // Names are checked as a tar's are, not as yauzl does.
  const options = { autoClose: false, decodeStrings: false, lazyEntries: true } as const;
  const zip = await openPromise(path, options).catch((error: unknown) => {
    throw damage(error);
  });
  try {
    for await (const entry of zip.eachEntry()) {
      const name = (entry.fileName as unknown as Buffer).toString('utf8');
      const isLink = ((entry.externalFileAttributes >>> 16) & fileTypeMask) === linkType;
      const kind = name.endsWith('/') || isLink ? 'other' : 'file';
      yield { path: innerPath(name), kind, target: '', body: content(zip, entry, name) };
    }
  } catch (error) {
    throw damage(error);
  } finally {
    zip.close();
  }
}

/** yauzl compares sizes with the directory's, and leaves the checksum to us. */
async function* content(zip: ZipFile, entry: Entry, name: string): AsyncGenerator<Buffer> {
  let sum = 0;
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      sum = crc32(chunk as Buffer, sum);
      yield chunk as Buffer;
    }
  } catch (error) {
    throw damage(error);
  }
  if (sum !== entry.crc32) throw new BadFileError(`${name} is damaged: its checksum is wrong`);
}

/** What yauzl and zlib say of content, in a sentence; errors of the system, which have a code, as they are. */
function damage(error: unknown): unknown {
  if (error instanceof BadFileError || !(error instanceof Error)) return error;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && !code.startsWith('Z_')) return error;
  if (/end of central directory/i.test(error.message))
    return new BadFileError('the archive is cut short', { cause: error });
  return new BadFileError(`the archive is damaged (${error.message})`, { cause: error });
}
