import { library } from '../../../src/library/alexNets';
import { strict as assert } from 'node:assert';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesSource, fileSource } from '../../../src/files/bytes/byteSource';
import { toFloat32 } from '../../../src/files/bytes/floatTypes';
import { readSafetensorsHeader, safetensors } from '../../../src/files/formats/safetensors';
import { nothingBeside } from '../../../src/files/bytes/openBeside';
import { rawTensor } from '../../../src/files/tensors/rawTensor';
import { checkTensor, readTensor } from '../../../src/files/tensors/tensorValues';
import { WeightsError } from '../../../src/files/bytes/weightsError';
import { openWeightsFile } from '../../../src/files/weightsFile';

/** A file with this header text and so many bytes of data. */
function file(header: unknown, dataBytes = 0, claimed?: bigint): Uint8Array {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(claimed ?? BigInt(text.length));
  return Buffer.concat([length, text, Buffer.alloc(dataBytes)]);
}

const entry = (shape: unknown, begin: unknown, end: unknown, dtype: unknown = 'F32'): object => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

const hostile: readonly { why: string; bytes: Uint8Array; message: RegExp }[] = [
  { why: 'a file of three bytes', bytes: new Uint8Array(3), message: /has only 3 bytes/ },
  {
    why: 'a header longer than any memory',
    bytes: file('{}', 0, 2n ** 63n),
    message: /claims 9223372036854775808 bytes/,
  },
  {
    why: 'a header longer than the file',
    bytes: file('{}', 0, 1000n),
    message: /claims 1000 bytes of a file of 10/,
  },
  { why: 'a header that is no JSON', bytes: file('{"a":'), message: /not valid JSON/ },
  { why: 'a header that is a list', bytes: file('[1]'), message: /not a JSON object/ },
  { why: 'a header that is null', bytes: file('null'), message: /not a JSON object/ },
  {
    why: 'a header that is no text',
    bytes: Buffer.concat([file('', 0, 2n), Buffer.from([0xff, 0xfe])]),
    message: /not UTF-8/,
  },
  { why: 'a tensor that is null', bytes: file({ a: null }), message: /a has type none/ },
  {
    why: 'a type that is not read',
    bytes: file({ a: entry([1], 0, 8, 'I64') }, 8),
    message: /a has type "I64"; float64, float32/,
  },
  {
    why: 'a type named like an inherited property',
    bytes: file({ a: entry([1], 0, 4, 'constructor') }, 4),
    message: /type "constructor"/,
  },
  { why: 'a negative size', bytes: file({ a: entry([-1], 0, 4) }, 4), message: /no valid shape/ },
  { why: 'half a size', bytes: file({ a: entry([0.5], 0, 2) }, 2), message: /no valid shape/ },
  {
    why: 'offsets that are text',
    bytes: file({ a: entry([1], '0', '4') }, 4),
    message: /no valid shape/,
  },
  {
    why: 'a shape larger than its bytes',
    bytes: file({ a: entry([2], 0, 4) }, 4),
    message: /shape \[2\] of F32, 8 bytes, but offsets 0 to 4/,
  },
  {
    why: 'a shape whose product overflows',
    bytes: file({ a: entry([2 ** 40, 2 ** 40], 0, 4) }, 4),
    message: /but offsets 0 to 4/,
  },
  {
    why: 'tensors that overlap',
    bytes: file({ a: entry([2], 0, 8), b: entry([1], 4, 8) }, 8),
    message: /b overlaps the tensor before it/,
  },
  {
    why: 'a hole between tensors',
    bytes: file({ a: entry([1], 0, 4), b: entry([1], 8, 12) }, 12),
    message: /b leaves a hole before it/,
  },
  {
    why: 'data beyond the file',
    bytes: file({ a: entry([2], 0, 8) }, 4),
    message: /the file has \d+ bytes, its header describes/,
  },
  {
    why: 'data that no tensor claims',
    bytes: file({ a: entry([1], 0, 4) }, 12),
    message: /the file has \d+ bytes, its header describes/,
  },
];

describe('the safetensors reader', () => {
  for (const { why, bytes, message } of hostile) {
    it(`refuses ${why}`, async () => {
      await assert.rejects(
        readSafetensorsHeader(bytesSource(bytes)),
        (error) => error instanceof WeightsError && message.test(error.message),
      );
    });
  }

  it('reads names, shapes and values, past the metadata', async () => {
    const bytes = file(
      { __metadata__: { by: 'hand' }, b: entry([2, 1], 0, 8), a: entry([], 8, 12) },
      12,
    );
    new DataView(bytes.buffer, bytes.byteOffset).setFloat32(bytes.length - 12, 1.5, true);
    const source = bytesSource(bytes);
    const { entries } = await readSafetensorsHeader(source);
    assert.deepEqual(
      entries.map(({ name, shape }) => [name, shape]),
      [
        ['b', [2, 1]],
        ['a', []],
      ],
    );
    assert.deepEqual(await readTensor(rawTensor(source, entries[0]!)), Float32Array.of(1.5, 0));
  });

  for (const value of [NaN, Infinity]) {
    it(`refuses ${value} among the values, with its place`, async () => {
      const bytes = file({ a: entry([3], 0, 12) }, 12);
      new DataView(bytes.buffer, bytes.byteOffset).setFloat32(bytes.length - 4, value, true);
      const source = bytesSource(bytes);
      const {
        entries: [first],
      } = await readSafetensorsHeader(source);
      for (const read of [readTensor, checkTensor]) {
        await assert.rejects(
          read(rawTensor(source, first!)),
          new RegExp(`a holds ${value} at index 2`),
        );
      }
    });
  }

  it('finds a value that is none behind the first piece, with its place in the tensor', async () => {
    const count = 2 ** 20 + 3;
    const bytes = file({ a: entry([count], 0, 4 * count) }, 4 * count);
    new DataView(bytes.buffer, bytes.byteOffset).setFloat32(bytes.length - 4, NaN, true);
    const source = bytesSource(bytes);
    const {
      entries: [first],
    } = await readSafetensorsHeader(source);
    await assert.rejects(
      checkTensor(rawTensor(source, first!)),
      new RegExp(`a holds NaN at index ${count - 1}`),
    );
  });

  it('says which tensor is missing when a file fits no variant', async () => {
    const bytes = file({ a: entry([1], 0, 4) }, 4);
    await assert.rejects(
      openWeightsFile(bytesSource(bytes), library, nothingBeside),
      /conv1.kernel is missing: expected shape \[11, 11, 3, 96\], the file holds a$/,
    );
  });

  it('says what else a file may be when it is not safetensors', async () => {
    await assert.rejects(
      openWeightsFile(bytesSource(Buffer.from('GIF89a and so on')), library, nothingBeside),
      /^WeightsError: the file is a GIF picture, not weights$/,
    );
    await assert.rejects(
      openWeightsFile(bytesSource(new Uint8Array()), library, nothingBeside),
      /the file is empty/,
    );
    const mistaken = [
      [
        'version https://git-lfs.github.com/spec/v1\noid sha256:6b\n',
        /a Git LFS pointer, not weights/,
      ],
      ['\n<!DOCTYPE html><title>404</title>', /a web page/],
    ] as const;
    for (const [text, message] of mistaken) {
      const source = bytesSource(Buffer.from(text));
      await assert.rejects(openWeightsFile(source, library, nothingBeside), message);
    }
  });

  it('reads a file piece by piece, and refuses a folder and a file cut short', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'alexnet-bytes-'));
    try {
      const path = join(folder, 'file');
      await writeFile(path, Buffer.from([1, 2, 3, 4]));
      const source = await fileSource(path);
      assert.deepEqual(await source.read(1, 2), Uint8Array.of(2, 3));
      await assert.rejects(source.read(2, 4), /the file ends at byte 4, 6 were promised/);
      await source.close();
      await assert.rejects(fileSource(folder), /not a file|EISDIR/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('half precision', () => {
  const widen = (bits: number[], type: 'F16' | 'BF16'): number[] =>
    Array.from(toFloat32(new Uint8Array(Uint16Array.from(bits).buffer), type));

  it('float16 becomes float32, subnormals and infinities included', () => {
    assert.deepEqual(widen([0x3c00, 0xc000, 0x0001, 0x7bff, 0x8000, 0x7c00, 0xfc00], 'F16'), [
      1,
      -2,
      2 ** -24,
      65504,
      -0,
      Infinity,
      -Infinity,
    ]);
    assert.ok(Number.isNaN(widen([0x7e00], 'F16')[0]));
  });

  it('bfloat16 is the upper half of a float32', () => {
    assert.deepEqual(widen([0x3f80, 0xc040, 0x0000, 0x7f80], 'BF16'), [1, -3, 0, Infinity]);
  });
});

describe('integers in safetensors', () => {
  const openFile = (bytes: Uint8Array) => safetensors.open(bytesSource(bytes), nothingBeside);

  it('are left out where they count', async () => {
    const counter = entry([], 8, 16, 'I64');
    const { tensors } = await openFile(
      file({ 'bn1.weight': entry([2], 0, 8), 'bn1.num_batches_tracked': counter }, 16),
    );
    assert.deepEqual(
      tensors.map(({ name }) => name),
      ['bn1.weight'],
    );
  });

  it('are refused where they stand for weights', () =>
    assert.rejects(
      openFile(file({ 'fc.weight': entry([2, 4], 0, 8, 'I8') }, 8)),
      /fc\.weight has type "I8"; float64, float32, float16 and bfloat16 are read/,
    ));
});
