import { truncate, writeFile } from 'node:fs/promises';
import type { ByteSource } from '../../src/files/bytes/byteSource';
import type { FoundTensor } from '../../src/files/matching/assignTensors';
import { elementCount } from '../../src/network/tensor/shape';

/** The file's bytes before its tensors', and how many these are. */
function layOut(tensors: readonly FoundTensor[]): { readonly head: Buffer; readonly size: number } {
  const header: Record<string, unknown> = {};
  let offset = 0;
  for (const { name, shape } of tensors) {
    const end = offset + 4 * elementCount(shape);
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, end] };
    offset = end;
  }
  const text = Buffer.from(JSON.stringify(header));
  const head = Buffer.alloc(8 + text.length);
  head.writeBigUInt64LE(BigInt(text.length));
  text.copy(head, 8);
  return { head, size: head.length + offset };
}

/** Writes one that takes no room on the disk either. */
export async function writeHollowFile(
  path: string,
  tensors: readonly FoundTensor[],
): Promise<void> {
  const { head, size } = layOut(tensors);
  await writeFile(path, head);
  await truncate(path, size);
}

/** A safetensors file of zeros, which takes no memory: for what is known of tensors before their values are read. */
export function hollowFile(tensors: readonly FoundTensor[]): ByteSource {
  const { head, size } = layOut(tensors);
  return {
    size,
    read: (start, length) => {
      const bytes = new Uint8Array(length);
      bytes.set(head.subarray(start, start + length));
      return Promise.resolve(bytes);
    },
    close: () => Promise.resolve(),
  };
}
