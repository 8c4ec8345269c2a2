import { strict as assert } from 'node:assert';
import { bytesSource } from '../../../src/files/bytes/byteSource';
import { onnx } from '../../../src/files/formats/onnx';
import { nothingBeside } from '../../../src/files/bytes/openBeside';
import { WeightsError } from '../../../src/files/bytes/weightsError';
import { external, floatTensor, onnxFile, onnxModel, onnxNode, onnxTensor, onnxTypes } from '../../support/onnxModel'; // prettier-ignore
import { bytesField, float, message, number, text, varint } from '../../support/protobuf';
import type { HostileFile } from '../../support/weightFixtures';
import { assertRefused, inMemory } from '../../support/weightFixtures';

const use = onnxNode('MatMul', ['x', 'w'], 'y');
/** A field that claims more than it has. */
const overlong = (field: number, claimed: number): Buffer =>
  Buffer.concat([varint(field * 8 + 2), varint(claimed)]);

const hostile: readonly HostileFile[] = [
  {
    why: 'a varint that does not end',
    bytes: () => Buffer.concat([number(1, 8), Buffer.alloc(40, 0xff)]),
    message: /the number at byte 2 does not end/,
  },
  {
    why: 'a varint cut off by the end of its message',
    bytes: () => onnxFile(message(1, Buffer.from([0x0a, 0x80]))),
    message: /the number at byte \d+ does not end/,
  },
  {
    why: 'a length of 2^63',
    bytes: () =>
      Buffer.concat([number(1, 8), Buffer.from([0x3a]), Buffer.alloc(9, 0xff), Buffer.from([1])]),
    message: /field 7 at byte 2 claims -1 bytes where 0 are left/,
  },
  {
    why: 'a graph beyond the end of the file',
    bytes: () => Buffer.concat([number(1, 8), overlong(7, 1e12)]),
    message: /field 7 at byte 2 claims 1000000000000 bytes where 0 are left/,
  },
  {
    why: 'a tensor that leaves its graph, though not the file',
    bytes: () =>
      Buffer.concat([onnxFile(overlong(5, 50)), text(2, 'fifty bytes that belong to the model, not to the graph')]), // prettier-ignore
    message: /field 5 at byte \d+ claims 50 bytes where 0 are left/,
  },
  {
    why: 'raw data that leaves its tensor',
    bytes: () => onnxModel([use], [overlong(9, 16)]),
    message: /field 9 at byte \d+ claims 16 bytes/,
  },
  {
    why: 'a float that leaves its message',
    bytes: () => onnxModel([use], [float(4, 1).subarray(0, 3)]),
    message: /field 4 at byte \d+ leaves its message/,
  },
  { why: 'a group, obsolete since 2008', bytes: () => onnxFile(Buffer.from([0x0b])), message: /field 1 at byte \d+ has wire type 3/ }, // prettier-ignore
  { why: 'a wire type that does not exist', bytes: () => onnxFile(Buffer.from([0x0f])), message: /wire type 7/ }, // prettier-ignore
  { why: 'field number 0', bytes: () => onnxFile(Buffer.from([0x02, 0])), message: /begins no field/ }, // prettier-ignore
  { why: 'a field number beyond 32 bits', bytes: () => onnxFile(varint(2 ** 40)), message: /begins no field/ }, // prettier-ignore
  { why: 'a graph that is a number', bytes: () => Buffer.concat([number(1, 8), number(7, 1)]), message: /field 7 at byte 3 is not of its kind/ }, // prettier-ignore
  { why: 'no graph', bytes: () => number(1, 8), message: /the model has no graph/ },
  {
    why: 'two graphs',
    bytes: () => Buffer.concat([onnxFile(), message(7)]),
    message: /more than one graph/,
  },
  { why: 'an empty graph', bytes: () => onnxFile(), message: /uses no weights/ },
  {
    why: 'weights that no node uses',
    bytes: () => onnxModel([], [floatTensor('w', [1], new Float32Array(1))]),
    message: /uses no weights/,
  },
  {
    why: 'two tensors of one name',
    bytes: () => onnxModel([use], [withName('w'), withName('w')]),
    message: /two tensors called "w"/,
  },
  {
    why: 'a million empty fields',
    bytes: () => onnxFile(Buffer.alloc(2e6, Buffer.from([0x52, 0]))),
    message: /too many fields up to byte/,
  },
  {
    why: 'a million empty nodes',
    bytes: () => onnxFile(Buffer.alloc(2e6, Buffer.from([0x0a, 0]))),
    message: /too many fields up to byte/,
  },
  {
    why: 'messages nested a hundred thousand deep, where nesting means nothing',
    bytes: () => onnxFile(message(5, nested(100_000))),
    message: /uses no weights/,
  },
  {
    why: 'a loop of nodes that pass a weight on',
    bytes: () =>
      onnxModel([onnxNode('Identity', ['a'], 'w'), onnxNode('Identity', ['w'], 'a'), use], []),
    message: /uses no weights/,
  },
  {
    why: 'two thousand weights',
    bytes: () => {
      const names = Array.from({ length: 2000 }, (_, i) => `w${i}`);
      return onnxModel(
        names.map((name) => onnxNode('MatMul', ['x', name], 'y')),
        names.map((name) => floatTensor(name, [1], new Float32Array(1))),
      );
    },
    message: /more than 1000 weights, an AlexNet has 16/,
  },
  {
    why: 'a name of a megabyte',
    bytes: () => onnxModel([onnxNode('MatMul', ['x'.repeat(2 ** 20)], 'y')], []),
    message: /the name at byte \d+ has 1048576 bytes, at most 4096/,
  },
  {
    why: 'a name that is no text',
    bytes: () => onnxModel([bytesField(1, Buffer.from([0xff, 0xfe]))], []),
    message: /the name at byte \d+ is not UTF-8/,
  },
];

function withName(name: string): Buffer {
  return floatTensor(name, [1], new Float32Array(1));
}

/** Field 5 in field 5 and so on: a reader that descends by recursion would run out of stack. */
function nested(depth: number): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  for (let i = 0; i < depth; i++) {
    const key = Buffer.concat([varint(16 * 8 + 2), varint(length)]);
    parts.push(key);
    length += key.length;
  }
  return Buffer.concat(parts.reverse());
}

describe('the ONNX reader refuses', () => {
  for (const file of hostile) it(file.why, () => assertRefused(onnx, file));

  it('a file cut short anywhere', async () => {
    const whole = onnxModel([use], [floatTensor('w', [2, 2], new Float32Array(4))]);
    for (let length = 0; length < whole.length; length++) {
      const source = bytesSource(whole.subarray(0, length));
      await onnx.recognises(source);
      await assert.rejects(onnx.open(source, nothingBeside), WeightsError, `${length} bytes`);
    }
  });

  it('or reads a file with any one byte changed, and never fails otherwise', async () => {
    const whole = onnxModel(
      [use],
      [onnxTensor('w', [2, 2], onnxTypes.float, external({ location: 'w', offset: '0' }))],
    );
    const beside = inMemory({ w: new Uint8Array(16) });
    for (let at = 0; at < whole.length; at++) {
      for (const value of [0x00, 0x7f, 0x80, 0xff, (whole[at] ?? 0) ^ 1]) {
        const bytes = Buffer.from(whole);
        bytes[at] = value;
        try {
          await (await onnx.open(bytesSource(bytes), beside)).close?.();
        } catch (error) {
          assert.ok(error instanceof WeightsError, `byte ${at} as ${value}: ${String(error)}`);
        }
      }
    }
  });
});
