import { normalisesLike } from '../../support/weightFixtures';
import { strict as assert } from 'node:assert';
import { bytesSource } from '../../../src/files/bytes/byteSource';
import { deepCompression } from '../../../src/files/formats/deepCompression';
import { nothingBeside } from '../../../src/files/bytes/openBeside';
import { readTensor } from '../../../src/files/tensors/tensorValues';
import { WeightsError } from '../../../src/files/bytes/weightsError';
import { caffeKernels, kernelsAndBiases } from '../../support/kernelShapes';
import type { HostileFile } from '../../support/weightFixtures';
import { assertRefused, assertMatches, assertValues, openBytes, patternValue, weightsFixture } from '../../support/weightFixtures'; // prettier-ignore

const isConv = (name: string): boolean => name.startsWith('conv');
const { round, fround } = Math;

/** One stored entry: zeros before it, and its code. */
type Entry = readonly [gap: number, code: number];

/** Writes such a file, each layer with few entries; what is 1 in the code book at index i is i. */
function write(entriesOf: Readonly<Record<string, readonly Entry[]>> = {}): Buffer {
  const header = Buffer.alloc(32);
  const parts: Buffer[] = [header];
  for (const [index, [name, shape]] of caffeKernels.entries()) {
    const entries = entriesOf[name] ?? [[0, 1]];
    header.writeUInt32LE(entries.length, index * 4);
    const book = Float32Array.from({ length: isConv(name) ? 256 : 16 }, (_, i) => i);
    const bias = new Float32Array(shape[0]!).fill(index);
    const codes = entries.map(([, code]) => code);
    parts.push(Buffer.from(book.buffer), Buffer.from(bias.buffer));
    parts.push(isConv(name) ? Buffer.from(codes) : nibbles(codes));
    parts.push(nibbles(entries.map(([gap]) => gap)));
  }
  return Buffer.concat(parts);
}

function nibbles(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(Math.ceil(values.length / 2));
  for (const [i, value] of values.entries()) bytes[i >> 1]! |= value << (4 * (i % 2));
  return bytes;
}

/** The file with one float, or one count of the header, replaced. */
function withFloat(offset: number, value: number): Buffer {
  const bytes = write();
  bytes.writeFloatLE(value, offset);
  return bytes;
}

function withCount(index: number, count: number): Buffer {
  const bytes = write();
  bytes.writeUInt32LE(count, index * 4);
  return bytes;
}

const conv1Weights = 96 * 3 * 11 * 11;
/** Fillers up to just past the end of conv1. */
const tooFar: readonly Entry[] = [
  ...Array.from({ length: conv1Weights / 16 }, (): Entry => [15, 0]),
  [0, 1],
];

const hostile: readonly HostileFile[] = [
  { why: 'nothing', bytes: () => new Uint8Array(), message: /has only 0 bytes/ },
  { why: 'half a header', bytes: () => write().subarray(0, 16), message: /has only 16 bytes/ },
  { why: 'a header alone', bytes: () => write().subarray(0, 32), message: /the file has 32 bytes, its header describes \d+/ }, // prettier-ignore
  { why: 'a byte too few', bytes: () => write().subarray(0, -1), message: /its header describes/ },
  { why: 'a byte too many', bytes: () => Buffer.concat([write(), Buffer.alloc(1)]), message: /its header describes/ }, // prettier-ignore
  { why: 'more entries than the file', bytes: () => withCount(0, 2 ** 32 - 1), message: /its header describes/ }, // prettier-ignore
  {
    why: 'more entries than weights',
    bytes: () => write({ conv1: Array.from({ length: conv1Weights + 1 }, (): Entry => [0, 1]) }),
    message: /conv1.weight stores 34849 entries for its 34848 weights/,
  },
  { why: 'no entries', bytes: () => write({ fc8: [] }), message: /fc8.weight stores 0 entries/ },
  { why: 'a code book that does not begin with 0', bytes: () => withFloat(32, 0.5), message: /conv1.weight's code book begins with 0.5; what is pruned is 0/ }, // prettier-ignore
  { why: 'a code book that begins with NaN', bytes: () => withFloat(32, NaN), message: /begins with NaN/ }, // prettier-ignore
  { why: 'NaN in a code book', bytes: () => withFloat(36, NaN), message: /code book holds NaN at index 1/ }, // prettier-ignore
  { why: 'infinity in a code book', bytes: () => withFloat(32 + 255 * 4, -Infinity), message: /code book holds -Infinity at index 255/ }, // prettier-ignore
  { why: 'NaN in a bias', bytes: () => withFloat(32 + 1024 + 4, NaN), message: /conv1.bias holds NaN at index 1/ }, // prettier-ignore
  {
    why: 'an entry past the last weight',
    bytes: () => write({ conv1: tooFar }),
    message: /conv1.weight stores an entry at 34848 of its 34848 weights/,
  },
];

describe('the Deep Compression reader', () => {
  it('reads a file made as the paper prescribes', async () => {
    const source = await weightsFixture('AlexNet_compressed-like.net');
    assert.ok(await deepCompression.recognises(source));
    const file = await deepCompression.open(source, nothingBeside);
    const { tensors } = file;
    assert.equal(normalisesLike(file), 'bvlc');
    assert.deepEqual(
      tensors.map(({ name, shape }) => ({ name, shape })),
      kernelsAndBiases(caffeKernels, ['.weight', '.bias']),
    );
    assertMatches(file, 'bvlc');
    for (const [index, tensor] of tensors.entries()) {
      const plain = patternValue(tensor.shape, index + 1);
      const wanted = tensor.shape.length > 1 ? pruned(plain, isConv(tensor.name)) : plain;
      await assertValues(tensor, wanted);
    }
  });

  it('reads odd counts, gaps, fillers and the last weight', async () => {
    const last = conv1Weights - 1;
    const { tensors } = await openBytes(
      deepCompression,
      write({
        conv1: [[2, 255], [15, 0], [0, 7], ...Array.from({ length: (last - 19) >> 4 }, (): Entry => [15, 0]), [(last - 20) % 16, 9]], // prettier-ignore
        fc8: [[0, 15], [14, 1], [3, 8]], // prettier-ignore
      }),
    );
    const nonZero = async (index: number): Promise<[number, number][]> => {
      const found: [number, number][] = [];
      for (const [at, value] of (await readTensor(tensors[index]!)).entries()) {
        if (value !== 0) found.push([at, value]);
      }
      return found;
    };
    assert.deepEqual(await nonZero(0), [[2, 255], [19, 7], [last, 9]]); // prettier-ignore
    assert.deepEqual(await nonZero(14), [[0, 15], [15, 1], [19, 8]]); // prettier-ignore
    assert.deepEqual(Array.from(await readTensor(tensors[15]!)), Array<number>(1000).fill(7));
  });

  for (const file of hostile) {
    it(`refuses ${file.why}`, () => assertRefused(deepCompression, file));
  }

  it('is recognised by its exact length only', async () => {
    const whole = write();
    assert.ok(await deepCompression.recognises(bytesSource(whole)));
    for (let length = 0; length < whole.length; length += 997) {
      const source = bytesSource(whole.subarray(0, length));
      assert.equal(await deepCompression.recognises(source), false, `${length} bytes`);
      await assert.rejects(deepCompression.open(source, nothingBeside), WeightsError);
    }
  });
});

/** What pruning to 60 or 12 in 100 and a code book of evenly spaced values make of a pattern, in float32 as NumPy computes. */
function pruned(plain: (i: number) => number, conv: boolean): (i: number) => number {
  const size = conv ? 256 : 16;
  const limit = Math.max(...Array.from({ length: 251 }, (_, i) => Math.abs(plain(i))));
  const step = fround(fround(2 * limit) / (size - 2));
  const book = [0, ...Array.from({ length: size - 1 }, (_, i) => fround(fround(i * step) - limit))];
  book[size - 1] = limit;
  const table = Float64Array.from({ length: 251 }, (_, i) => {
    const place = fround(fround(fround(plain(i) + limit) / fround(2 * limit)) * (size - 2));
    return book[1 + round(place)]!;
  });
  const percent = conv ? 60 : 12;
  return (i) => ((i * 7) % 100 < percent ? table[i % 251]! : 0);
}
