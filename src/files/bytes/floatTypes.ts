/** Safetensors' names of the float types that are read; all become float32. */
export const floatBytes = { F64: 8, F32: 4, F16: 2, BF16: 2 } as const;
export type FloatType = keyof typeof floatBytes;

export function isFloatType(type: unknown): type is FloatType {
  return typeof type === 'string' && Object.hasOwn(floatBytes, type);
}

/** Little-endian numbers of a float type as float32 (aliases the bytes where it can). */
export function toFloat32(bytes: Uint8Array<ArrayBuffer>, type: FloatType): Float32Array {
  switch (type) {
    case 'F64':
      return new Float32Array(
        new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / floatBytes.F64),
      );
    case 'F32':
      return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / floatBytes.F32);
    case 'BF16':
      return widenBfloat16(halves(bytes));
    case 'F16':
      return widenFloat16(halves(bytes));
  }
}

function halves(bytes: Uint8Array<ArrayBuffer>): Uint16Array {
  return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
}

/** bfloat16 is the upper half of a float32. */
function widenBfloat16(values: Uint16Array): Float32Array {
  const bits = new Uint32Array(values.length);
  for (let i = 0; i < values.length; i++) bits[i] = (values[i] ?? 0) << 16;
  return new Float32Array(bits.buffer);
}

let float16Table: Float32Array | undefined;

function widenFloat16(values: Uint16Array): Float32Array {
  const table = (float16Table ??= Float32Array.from({ length: 0x10000 }, (_, bits) =>
    float16(bits),
  ));
  const wide = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) wide[i] = table[values[i] ?? 0] ?? 0;
  return wide;
}

/** IEEE 754 binary16: 1 sign, 5 exponent and 10 fraction bits. */
function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Infinity;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
