import type { ByteSource } from '../byteSource';

/** Several files one after another, as if they were one. */
export function joinedSource(parts: readonly ByteSource[]): ByteSource {
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  return {
    size,
    async read(offset, length) {
      const bytes = new Uint8Array(length);
      let start = 0;
      for (const part of parts) {
        const from = Math.max(offset, start);
        const to = Math.min(offset + length, start + part.size);
        if (from < to) bytes.set(await part.read(from - start, to - from), from - offset);
        start += part.size;
      }
      return bytes;
    },
    async close() {
      for (const part of parts) await part.close();
    },
  };
}
