/** Protocol buffers as far as ONNX needs them: varints, and fields that carry their length. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
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
