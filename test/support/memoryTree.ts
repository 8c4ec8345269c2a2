import type { FolderTree } from '../../src/host/evaluate/labelledFolder';
import { memoryFile } from './memoryFile';

/** Folders by name, files by their bytes. */
export interface MemoryFolder {
  readonly [name: string]: MemoryFolder | Uint8Array;
}

/** A folder that is in memory only. */
export function memoryTree(root: MemoryFolder, label = 'data'): FolderTree {
  const at = (path: readonly string[]): MemoryFolder | Uint8Array =>
    path.reduce<MemoryFolder | Uint8Array>(
      (folder, name) => (folder as MemoryFolder)[name] ?? new Uint8Array(),
      root,
    );
  return {
    label,
    list: (path) =>
      Promise.resolve(
        Object.entries(at(path)).map(([name, inside]) => ({
          name,
          isFolder: !(inside instanceof Uint8Array),
        })),
      ),
    file: (path) => memoryFile(path.join('/'), at(path) as Uint8Array<ArrayBuffer>),
  };
}
