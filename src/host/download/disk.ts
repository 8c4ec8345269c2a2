import { open } from 'node:fs/promises';
import { DownloadError } from './downloadError';

/** A file that is being written. */
export interface Sink {
  write(bytes: Uint8Array): Promise<unknown>;
  close(): Promise<void>;
}

/** Opens a file to write it anew or to go on at its end; a test's own stands for a disk that fails. */
export type OpenSink = (path: string, mode: 'new' | 'append') => Promise<Sink>;

export const openSink: OpenSink = async (path, mode) => {
  const file = await open(path, mode === 'new' ? 'w' : 'a');
  return { write: (bytes) => file.writeFile(bytes), close: () => file.close() };
};

/** Why files could not be written, in a sentence; other errors as they are. */
export function explainDisk(error: unknown, folder: string): unknown {
  const { code } = error as { code?: unknown };
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new DiskFullError(`the disk is full: free some space for ${folder} and try again`, {
        cause: error,
      });
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
    case 'EBUSY':
    case 'ENOTDIR':
    case 'EEXIST':
      return new DownloadError(
        `${folder} could not be written (${code}): close other windows that use it, or make it writable, and try again`,
        { cause: error },
      );
    default:
      return error;
  }
}

/** Nothing more fits; what was fetched is given back to the disk. */
export class DiskFullError extends DownloadError {}
