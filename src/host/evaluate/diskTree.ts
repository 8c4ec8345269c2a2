import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FileRef } from '../fileRef';
import type { FolderTree } from './labelledFolder';

/** A folder of this machine's disks. */
export function diskTree(folder: string): FolderTree {
  return {
    label: basename(resolve(folder)),
    list: async (path) => {
      const entries = await readdir(join(folder, ...path), { withFileTypes: true });
      return await Promise.all(
        entries.map(async (entry) => {
          const { name } = entry;
          const isFolder = entry.isSymbolicLink()
            ? (await stat(join(folder, ...path, name))).isDirectory()
            : entry.isDirectory();
          return { name, isFolder };
        }),
      );
    },
    file: (path) => diskFile(join(folder, ...path)),
  };
}

export function diskFile(path: string): FileRef {
  return {
    uri: pathToFileURL(path).href,
    name: basename(path),
    label: path,
    path: resolve(path),
    size: async () => (await stat(path)).size,
    read: () => readFile(path),
  };
}
