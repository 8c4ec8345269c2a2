import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { bytesSource } from '../../src/files/bytes/byteSource';
import type { OpenBeside } from '../../src/files/bytes/openBeside';
import { WeightsError } from '../../src/files/bytes/weightsError';
import { readModel, type ReadModel } from '../../src/files/models/readModel';
import type { Shape } from '../../src/network/tensor/shape';

/** A tensor by its statistics, and its values at some flat row-major indices. */
export interface Sample {
  readonly shape: Shape;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly l2: number;
  readonly at: readonly number[];
  readonly values: readonly number[];
}

/** A model by what its own library computes with it. */
export interface ModelOracle {
  readonly files: Readonly<Record<string, { readonly outputs?: readonly ModelOutput[] }>>;
  readonly inputs: readonly ModelInput[];
  readonly totals: { readonly parameters: number };
  readonly outputs: readonly ModelOutput[];
  readonly layers: readonly OracleLayer[];
}

type ModelOutput = Sample & { readonly layer: string };

export interface ModelInput {
  readonly name: string;
  readonly shape: readonly [number, number, number];
  readonly picture: {
    readonly height: number;
    readonly width: number;
    readonly seed: number;
    readonly channels: number;
    readonly scale: number;
  };
}

interface OracleLayer {
  readonly name: string;
  readonly class: string;
  readonly call: number;
  /** The row of a model within the model. */
  readonly model?: boolean;
  /** Of the first call only. */
  readonly parameters?: number;
  readonly output: Sample;
}

/** A model that cannot run. */
export interface BrokenModel {
  readonly file: string;
  readonly layer: string | null;
  readonly numbers: readonly number[];
  readonly whole: readonly { readonly name: string; readonly shape: Shape }[];
  readonly after: readonly string[];
  readonly says?: readonly string[];
}

const files = unpackFixtures('whole.br');

/** An index as a line of JSON, [name, bytes] of each file, then the files. */
export function unpackFixtures(name: string): ReadonlyMap<string, Buffer> {
  const packed = readFileSync(resolve('test/fixtures/models', name));
  const bytes = brotliDecompressSync(packed);
  const end = bytes.indexOf('\n');
  const index = JSON.parse(bytes.subarray(0, end).toString()) as [string, number][];
  let at = end + 1;
  return new Map(index.map(([name, size]) => [name, bytes.subarray(at, (at += size))]));
}

/** A file of the fixtures, by its path there. */
export function modelBytes(name: string): Buffer {
  const bytes = files.get(name);
  if (bytes) return bytes;
  throw new Error(`no fixture is named ${name}`);
}

/** What a model's own library says of it. */
export function modelOracle(name: string): ModelOracle {
  return JSON.parse(modelBytes(`${name}.json`).toString()) as ModelOracle;
}

/** The broken models that are Keras' or TensorFlow.js'. */
export function brokenModels(): readonly BrokenModel[] {
  const { expected } = JSON.parse(modelBytes('broken.json').toString()) as {
    readonly expected: readonly BrokenModel[];
  };
  return expected.filter(({ file }) => files.has(file));
}

/** The files of the fixture that hold whole models: `.keras`, `.h5` of Keras 2 and 3, TensorFlow.js' layers models. */
export const wholeModels: readonly string[] = [...files.keys()].filter(
  (name) => !name.startsWith('broken') && /(\.keras|\.h5|model\.json)$/.test(name),
);

/** The name of a model's oracle, by one of its files. */
export function oracleName(file: string): string {
  return file.replace(/(-keras2)?\.(keras|h5)$|-layers\/model\.json$/, '');
}

/** The files beside one of the fixtures. */
export function besideFixture(name: string): OpenBeside {
  const folder = name.slice(0, name.lastIndexOf('/') + 1);
  return (beside) => {
    const bytes = folder === '' ? undefined : files.get(folder + beside);
    if (bytes) return Promise.resolve(bytesSource(bytes));
    throw new WeightsError(`needs the file ${JSON.stringify(beside)} beside it`);
  };
}

/** Reads a model of the fixtures. */
export function readFixture(name: string): Promise<ReadModel> {
  const source = bytesSource(modelBytes(name));
  return readModel({ id: name, name, uri: '', source, openBeside: besideFixture(name) });
}
