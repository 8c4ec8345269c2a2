import { BadFileError } from '../../download/downloadError';

/** One thing in an archive. Its body can be read once, before the next entry is asked for, or left. */
export interface ArchiveEntry {
  /** Relative, with slashes, and within the archive's folder. */
  readonly path: string;
  readonly kind: 'file' | 'link' | 'other';
  /** Where a link leads. */
  readonly target: string;
  readonly body: AsyncIterable<Buffer>;
}

/** An entry's path as it may be used; throws on one that leads out of the folder it is unpacked to. */
export function innerPath(name: string): string {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  const outside =
    name.startsWith('/') || parts.includes('..') || /[\\\0]/.test(name) || /^[a-z]:/i.test(name);
  if (outside)
    throw new BadFileError(
      `an entry leads out of the archive: ${JSON.stringify(name.slice(0, 80))}`,
    );
  return parts.join('/');
}
