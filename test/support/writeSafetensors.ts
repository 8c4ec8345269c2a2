import { open } from 'node:fs/promises';
import { bytesOf } from './protobuf';

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
  const file = await open(path, 'w');
  try {
    await file.write(headOf(tensors));
    for (const { values } of tensors) await file.writeFile(bytesOf(values));
  } finally {
    await file.close();
  }
}

/** The same in memory. */
export function safetensorsBytes(tensors: readonly FileTensor[]): Buffer {
  return Buffer.concat([headOf(tensors), ...tensors.map(({ values }) => bytesOf(values))]);
}

function headOf(tensors: readonly FileTensor[]): Buffer {
  const header: Record<string, unknown> = {};
  let offset = 0;
  for (const { name, shape, values } of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + values.byteLength] };
    offset += values.byteLength;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text]);
}
