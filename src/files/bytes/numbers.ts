import type { FloatType } from './floatTypes';
import { floatBytes, toFloat32 } from './floatTypes';

/** Encoding of a file's floating-point numbers; all become float32. */
export interface NumberFormat {
  readonly type: FloatType;
  readonly bigEndian: boolean;
}

export function numberBytes({ type }: NumberFormat): number {
  return floatBytes[type];
}

/** Decodes bytes to float32; may swap bytes in place, and the result may share their memory. */
export function toNumbers(bytes: Uint8Array<ArrayBuffer>, format: NumberFormat): Float32Array {
  if (format.bigEndian) turnRound(bytes, numberBytes(format));
  return toFloat32(bytes, format.type);
}

function turnRound(bytes: Uint8Array<ArrayBuffer>, width: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (width === 2) buffer.swap16();
  if (width === 4) buffer.swap32();
  if (width === 8) buffer.swap64();
}

const numpyFloats: Readonly<Record<string, FloatType>> = { f2: 'F16', f4: 'F32', f8: 'F64' };

/** NumPy's `f2`, `f4` and `f8`; undefined for all other types. */
export function numpyFloat(code: string): FloatType | undefined {
  return Object.hasOwn(numpyFloats, code) ? numpyFloats[code] : undefined;
}
