import type { FileRef } from '../../src/host/fileRef';

/** A file that is in memory only. */
export function memoryFile(name: string, bytes = new Uint8Array()): FileRef {
  return {
    uri: `memory:/${name}`,
    name,
    label: name,
    path: undefined,
    size: () => Promise.resolve(bytes.length),
    read: () => Promise.resolve(bytes),
  };
}
