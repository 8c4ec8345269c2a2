import type { FloatType } from '../floatTypes';
import { floatBytes, toFloat32 } from '../floatTypes';

/** How a file writes its floating-point numbers; all become float32. */
export interface NumberFormat {
  readonly type: FloatType | 'F64';
  readonly bigEndian: boolean;
}

export function numberBytes({ type }: NumberFormat): number {
  return type === 'F64' ? 8 : floatBytes[type];
}

/** Whole numbers' bytes as float32; may turn the bytes themselves round and alias them. */
export function toNumbers(bytes: Uint8Array<ArrayBuffer>, format: NumberFormat): Float32Array {
  if (format.bigEndian) turnRound(bytes, numberBytes(format));
  if (format.type !== 'F64') return toFloat32(bytes, format.type);
  return Float32Array.from(new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8));
}

function turnRound(bytes: Uint8Array<ArrayBuffer>, width: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (width === 2) buffer.swap16();
  if (width === 4) buffer.swap32();
  if (width === 8) buffer.swap64();
}
