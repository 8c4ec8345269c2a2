import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { elementCount, type Shape } from '../../src/network/tensor/shape';
import { bytesField, message, number, text } from './protobuf';

/** A tensor of a test of an operator. */
export interface NodeTensor {
  readonly type: string;
  readonly shape: Shape;
  readonly values: Float64Array;
  readonly data: Buffer;
}

/** A test of one operator, as the onnx package has them. */
export interface NodeCase {
  readonly name: string;
  readonly ops: readonly string[];
  readonly model: Buffer;
  readonly inputs: readonly NodeTensor[];
  readonly outputs: readonly NodeTensor[];
}

interface RawTensor {
  readonly type: string;
  readonly shape: Shape;
  readonly data: string;
}

interface RawCase {
  readonly name: string;
  readonly ops: readonly string[];
  readonly model: string;
  readonly inputs: readonly RawTensor[];
  readonly outputs: readonly RawTensor[];
}

export function nodeCases(): readonly NodeCase[] {
  const packed = readFileSync(resolve('test/fixtures/models/onnx-nodes.json.br'));
  const { cases } = JSON.parse(brotliDecompressSync(packed).toString()) as {
    readonly cases: readonly RawCase[];
  };
  return cases.map(({ name, ops, model, inputs, outputs }) => ({
    ...{ name, ops, model: Buffer.from(model, 'base64') },
    inputs: inputs.map(tensorOf),
    outputs: outputs.map(tensorOf),
  }));
}

const readers: Readonly<
  Record<string, readonly [bytes: number, read: (data: Buffer, at: number) => number]>
> = {
  float32: [4, (data, at) => data.readFloatLE(at)],
  float64: [8, (data, at) => data.readDoubleLE(at)],
  uint8: [1, (data, at) => data.readUInt8(at)],
  int8: [1, (data, at) => data.readInt8(at)],
  bool: [1, (data, at) => data.readUInt8(at)],
  int16: [2, (data, at) => data.readInt16LE(at)],
  uint16: [2, (data, at) => data.readUInt16LE(at)],
  int32: [4, (data, at) => data.readInt32LE(at)],
  uint32: [4, (data, at) => data.readUInt32LE(at)],
  int64: [8, (data, at) => Number(data.readBigInt64LE(at))],
  uint64: [8, (data, at) => Number(data.readBigUInt64LE(at))],
};

/** TensorProto.DataType. */
const types = { float32: 1, uint8: 2, int8: 3, uint16: 4, int16: 5, int32: 6, int64: 7, bool: 9, float64: 11, uint32: 12, uint64: 13 } as const; // prettier-ignore

function tensorOf({ type, shape, data: text64 }: RawTensor): NodeTensor {
  const data = Buffer.from(text64, 'base64');
  const [bytes, read] = readers[type] ?? [1, () => NaN];
  const values = Float64Array.from({ length: elementCount(shape) }, (_, i) =>
    read(data, i * bytes),
  );
  return { type, shape, data, values };
}

/** The model with some of its inputs in it: what a network has as weights, the tests hand in. */
export function withConstants(model: Buffer, inputs: ReadonlyMap<string, NodeTensor>): Buffer {
  const graphs = [...inputs].map(([name, { type, shape, data }]) =>
    bytesField(
      5,
      Buffer.concat([
        ...shape.map((dim) => number(1, dim)),
        number(2, types[type as keyof typeof types]),
        text(8, name),
        bytesField(9, data),
      ]),
    ),
  );
  // Messages of one field are merged, so that the graph may go on at the file's end.
  return mergedGraph(model, Buffer.concat(graphs));
}

/** Puts fields into a model's graph (field 7), which reads as one message only. */
function mergedGraph(model: Buffer, fields: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < model.length;) {
    const start = at;
    const [key, afterKey] = varint(model, at);
    const [value, afterValue] = varint(model, afterKey);
    const isBytes = key % 8 === 2;
    at = isBytes ? afterValue + value : afterValue;
    const isGraph = key === 7 * 8 + 2;
    parts.push(
      isGraph ? message(7, model.subarray(afterValue, at), fields) : model.subarray(start, at),
    );
  }
  return Buffer.concat(parts);
}

function varint(bytes: Buffer, from: number): readonly [value: number, end: number] {
  let value = 0;
  for (let at = from, scale = 1; ; at++, scale *= 128) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return [value, at + 1];
  }
}
