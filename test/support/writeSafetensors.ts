import { open } from 'node:fs/promises';

/** One float32 tensor of a file. */
export interface FileTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Writes a safetensors file: u64 header length, JSON header, the tensors back to back. */
export async function writeSafetensors(
  path: string,
  tensors: readonly FileTensor[],
): Promise<void> {
  const header: Record<string, unknown> = {};
  let offset = 0;
  for (const { name, shape, values } of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + values.byteLength] };
    offset += values.byteLength;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const file = await open(path, 'w');
  try {
    await file.write(length);
    await file.write(text);
    for (const { values } of tensors)
      await file.writeFile(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  } finally {
    await file.close();
  }
}
