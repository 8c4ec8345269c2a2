import { normalisesAlike } from '../../src/files/tensors/normOrder';
import { type AlexNetId, alexNets, library } from '../../src/library/alexNets';
import { matchDocument } from '../../src/files/matching/matchDocument';
import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { elementCount } from '../../src/network/tensor/shape';
import type { ByteSource } from '../../src/files/bytes/byteSource';
import { bytesSource } from '../../src/files/bytes/byteSource';
import { nothingBeside } from '../../src/files/bytes/openBeside';
import type { TensorFile, TensorInFile, WeightsFormat } from '../../src/files/tensors/tensorFile';
import type { OpenBeside } from '../../src/files/bytes/openBeside';
import { checkTensor, readTensor } from '../../src/files/tensors/tensorValues';
import { WeightsError } from '../../src/files/bytes/weightsError';
import { bytesOf } from './protobuf';
import { atMost } from './waiting';

const maxFileBytes = 3e8;

/** A file of test/fixtures/weights, unpacked. */
export async function fixtureBytes(name: string): Promise<Uint8Array> {
  return unpackBrotli(await readFile(resolve('test/fixtures/weights', `${name}.br`)));
}

/** In pieces of 1 MiB: in those that are usual, of 16 kB, 250 MB take half as long again. */
export function unpackBrotli(packed: Uint8Array): Buffer {
  return brotliDecompressSync(packed, { maxOutputLength: maxFileBytes, chunkSize: 2 ** 20 });
}

export async function weightsFixture(name: string): Promise<ByteSource> {
  return bytesSource(await fixtureBytes(name));
}

/** The weights that the fixtures were made with: those of tensor k, counted from 1, repeat these. */
export function pattern(shape: readonly number[], k: number): Float32Array {
  const fanIn = elementCount(shape.slice(1));
  const scale = shape.length > 1 ? Math.sqrt(6 / fanIn) : 0.1;
  return Float32Array.from(
    { length: 251 },
    (_, i) => ((((i * 31 + k * 17) % 251) - 125) / 125) * scale,
  );
}

/** Value i of tensor k. */
export function patternValue(shape: readonly number[], k: number): (i: number) => number {
  const values = pattern(shape, k);
  return (i) => values[i % values.length]!;
}

/** Compares a tensor value by value, without keeping it. */
export async function assertValues(
  tensor: TensorInFile,
  wanted: (i: number) => number,
): Promise<void> {
  let first = 0;
  for await (const piece of tensor.pieces()) {
    for (let i = 0; i < piece.length; i++) {
      if (piece[i] !== wanted(first + i)) {
        assert.equal(piece[i], wanted(first + i), `${tensor.name}, value ${first + i}`);
      }
    }
    first += piece.length;
  }
  assert.equal(first, elementCount(tensor.shape), `${tensor.name} has all its values`);
}

/** The same where the values repeat these: compared as bytes, as a function takes a second for 60 million. */
export async function assertRepeats(tensor: TensorInFile, repeated: Float32Array): Promise<void> {
  const period = repeated.length;
  let [first, tiles] = [0, repeated];
  for await (const piece of tensor.pieces()) {
    const least = period + piece.length;
    if (tiles.length < least)
      tiles = Float32Array.from({ length: least }, (_, i) => repeated[i % period]!);
    const from = first % period;
    if (!bytesOf(piece).equals(bytesOf(tiles.subarray(from, from + piece.length)))) {
      const at = piece.findIndex((value, i) => !Object.is(value, tiles[from + i]));
      assert.equal(piece[at], tiles[from + at], `${tensor.name}, value ${first + at}`);
    }
    first += piece.length;
  }
  assert.equal(first, elementCount(tensor.shape), `${tensor.name} has all its values`);
}

/**
 * Every weight of a document takes the tensor that was made for it: the one of its own name, or, where another library
 * named them, the one at its place in the order of the layers.
 */
export function assertMatches(
  { tensors }: TensorFile,
  documentId: AlexNetId,
  by: 'name' | 'place' = 'place',
): void {
  const { network } = alexNets[documentId];
  const keys = network.layers.flatMap(({ name, weights }) =>
    weights.map((spec) => `${name}.${spec.name}`),
  );
  const { weights } = matchDocument(tensors, [alexNets[documentId]]);
  assert.deepEqual(
    weights.map(({ key, tensor }) => [key, tensor.name]).sort(),
    keys.map((key, i) => [key, by === 'name' ? key.replace('.', '/') : tensors[i]?.name]).sort(),
  );
}

/** Names, shapes and values, in order. */
export async function contents({
  tensors,
}: TensorFile): Promise<[string, readonly number[], number[]][]> {
  const all: [string, readonly number[], number[]][] = [];
  for (const tensor of tensors) {
    all.push([tensor.name, tensor.shape, Array.from(await readTensor(tensor))]);
  }
  return all;
}

/** Opens bytes in a format that must recognise them. */
export async function openBytes(
  format: WeightsFormat,
  bytes: Uint8Array,
  openBeside: OpenBeside = nothingBeside,
): Promise<TensorFile> {
  const source = bytesSource(bytes);
  assert.ok(await format.recognises(source), `${format.name} recognises its own`);
  return format.open(source, openBeside);
}

/** Files beside a file, in memory. */
export function inMemory(files: Readonly<Record<string, Uint8Array>>): OpenBeside {
  return (name) => {
    const bytes = files[name];
    if (!bytes) return Promise.reject(new WeightsError(`needs ${name} beside it`));
    return Promise.resolve(bytesSource(bytes));
  };
}

/** A file that is made to do harm, and what is said of it. */
export interface HostileFile {
  readonly why: string;
  readonly bytes: () => Uint8Array;
  readonly message: RegExp;
  readonly beside?: OpenBeside;
}

const maxSeconds = 5;

/** Opening it and reading every value must end in this WeightsError, and soon. */
export async function assertRefused(
  format: WeightsFormat,
  { bytes, message, beside = nothingBeside }: HostileFile,
): Promise<void> {
  const source = bytesSource(bytes());
  const started = process.hrtime.bigint();
  await assert.rejects(openAndCheck(format, source, beside), (error) => {
    assert.ok(error instanceof WeightsError, `${String(error)} is no WeightsError`);
    assert.match(error.message, message);
    return true;
  });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  assert.ok(seconds < atMost(maxSeconds), `took ${seconds} s`);
}

/** Whether a format recognises these bytes or not, it does not throw. */
async function openAndCheck(
  format: WeightsFormat,
  source: ByteSource,
  beside: OpenBeside,
): Promise<void> {
  await format.recognises(source);
  const file = await format.open(source, beside);
  for (const tensor of file.tensors) await checkTensor(tensor);
}

/** The id of the network that normalises as a file's graph does. */
export function normalisesLike({ norms = [] }: TensorFile): string | undefined {
  return library.find(({ network }) => normalisesAlike(norms, network))?.id;
}
