import { bytesField, float, message, number, packed, text } from './protobuf';

/** Parts of an ONNX file, each a message's content, so that a test can put them together wrongly too. */
export const onnxTypes = { float: 1, uint8: 2, int8: 3, int32: 6, int64: 7, float16: 10, double: 11, bfloat16: 16 }; // prettier-ignore

/** A TensorProto; `data` are its fields of values. */
export function onnxTensor(
  name: string,
  dims: readonly number[],
  type: number,
  ...data: readonly Buffer[]
): Buffer {
  return Buffer.concat([
    ...dims.map((dim) => number(1, dim)),
    number(2, type),
    text(8, name),
    ...data,
  ]);
}

/** A float32 tensor with raw data. */
export function floatTensor(name: string, dims: readonly number[], values: Float32Array): Buffer {
  return onnxTensor(name, dims, onnxTypes.float, raw(values));
}

/** raw_data: the values as they lie in memory. */
export function raw({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return bytesField(9, Buffer.from(buffer, byteOffset, byteLength));
}

/** int32_data. */
export function int32s(...values: readonly number[]): Buffer {
  return packed(5, values);
}

/** Values in another file. */
export function external(entries: Readonly<Record<string, string>>): Buffer {
  const fields = Object.entries(entries).map(([key, value]) =>
    message(13, text(1, key), text(2, value)),
  );
  return Buffer.concat([...fields, number(14, 1)]);
}

export function onnxNode(
  op: string,
  inputs: readonly string[],
  output: string,
  ...attributes: readonly Buffer[]
): Buffer {
  return Buffer.concat([
    ...inputs.map((input) => text(1, input)),
    text(2, output),
    text(4, op),
    ...attributes.map((attribute) => bytesField(5, attribute)),
  ]);
}

export function wholeAttribute(name: string, value: number): Buffer {
  return Buffer.concat([text(1, name), number(3, value), number(20, 2)]);
}

export function permAttribute(axes: readonly number[]): Buffer {
  return Buffer.concat([text(1, 'perm'), packed(8, axes), number(20, 7)]);
}

export function floatAttribute(name: string, value: number): Buffer {
  return Buffer.concat([text(1, name), float(2, value), number(20, 1)]);
}

export function tensorAttribute(name: string, tensor: Buffer): Buffer {
  return Buffer.concat([text(1, name), bytesField(5, tensor), number(20, 4)]);
}

/** A whole file, the graph last. */
export function onnxModel(nodes: readonly Buffer[], tensors: readonly Buffer[]): Buffer {
  return onnxFile(
    ...nodes.map((node) => bytesField(1, node)),
    ...tensors.map((tensor) => bytesField(5, tensor)),
  );
}

/** A whole file with these fields in its graph. */
export function onnxFile(...graph: readonly Buffer[]): Buffer {
  return Buffer.concat([
    number(1, 8),
    text(2, 'test'),
    message(8, number(2, 17)),
    message(7, ...graph),
  ]);
}
