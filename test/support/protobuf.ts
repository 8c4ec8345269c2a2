/** Protocol buffers as far as ONNX and Caffe need them: varints, numbers of fixed width, and fields that carry their length. */
export function varint(value: number): Buffer {
  const bytes: number[] = [];
  // A negative number is written as 64 bits.
  for (let big = BigInt.asUintN(64, BigInt(value)); value < 0; big >>= 7n) {
    if (big < 0x80n) return Buffer.from([...bytes, Number(big)]);
    bytes.push(Number(big & 0x7fn) | 0x80);
  }
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Buffer.from([...bytes, rest]);
}

export function number(field: number, value: number): Buffer {
  return Buffer.concat([varint(field * 8), varint(value)]);
}

/** With `keyOnly` the content is written by the caller; `more` bytes are to follow it. */
export function bytesField(field: number, content: Buffer, keyOnly = false, more = 0): Buffer {
  const key = Buffer.concat([varint(field * 8 + 2), varint(content.length + more)]);
  return keyOnly ? key : Buffer.concat([key, content]);
}

export function text(field: number, value: string): Buffer {
  return bytesField(field, Buffer.from(value));
}

export function message(field: number, ...fields: readonly Buffer[]): Buffer {
  return bytesField(field, Buffer.concat(fields));
}

export function packed(field: number, values: readonly number[]): Buffer {
  return message(field, ...values.map(varint));
}

/** One float32. */
export function float(field: number, value: number): Buffer {
  const bits = Buffer.alloc(4);
  bits.writeFloatLE(value);
  return Buffer.concat([varint(field * 8 + 5), bits]);
}

/** One float64. */
export function double(field: number, value: number): Buffer {
  const bits = Buffer.alloc(8);
  bits.writeDoubleLE(value);
  return Buffer.concat([varint(field * 8 + 1), bits]);
}

/** Numbers of fixed width, packed: the bytes of a typed array. */
export function packedFixed(field: number, values: Float32Array | Float64Array): Buffer {
  return bytesField(field, bytesOf(values));
}

/** A typed array's bytes, not copied. */
export function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
