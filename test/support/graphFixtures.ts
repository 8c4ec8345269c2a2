import { bytesSource } from '../../src/files/bytes/byteSource';
import type { OpenBeside } from '../../src/files/bytes/openBeside';
import { WeightsError } from '../../src/files/bytes/weightsError';
import { readModel, type ReadModel } from '../../src/files/models/readModel';
import {
  tensorflowPlans,
  type TensorflowPlans,
} from '../../src/files/models/tensorflow/tensorflowPlans';
import type { Shape } from '../../src/network/tensor/shape';
import { elementCount } from '../../src/network/tensor/shape';
import { numbers } from './formula';
import { type Sample, unpackFixtures } from './modelFixtures';

/** What TensorFlow computes of a graph model: every node of floats, with the batch of one. */
export interface GraphOracle {
  readonly inputs: readonly {
    readonly name: string;
    readonly shape: Shape;
    readonly seed: number;
  }[];
  readonly tensors: readonly {
    readonly tensor: string;
    readonly op: string;
    readonly output: Sample;
  }[];
}

const files = unpackFixtures('graphs.br');
/** Models that TensorFlow.js' converter made. */
export const graphModels = ['plain', 'mobile', 'mix', 'v1'] as const;
/** The side of a picture that a model leaves open. */
const size = [16, 16] as const;

function bytesOf(name: string): Buffer {
  const bytes = files.get(name);
  if (bytes) return bytes;
  throw new Error(`no fixture is named ${name}`);
}

export function graphOracle(name: string): GraphOracle {
  return JSON.parse(bytesOf(`${name}-graph.json`).toString()) as GraphOracle;
}

function besideOf(name: string): OpenBeside {
  return (beside) => {
    const bytes = files.get(`${name}-graph/${beside}`);
    if (bytes) return Promise.resolve(bytesSource(bytes));
    throw new WeightsError(`needs the file ${JSON.stringify(beside)} beside it`);
  };
}

/** Reads a graph model of the fixtures, or one whose topology is changed. */
export function readGraph(
  name: string,
  change: (model: GraphJson) => GraphJson = (model) => model,
): Promise<ReadModel> {
  const text = JSON.stringify(change(graphJson(name)));
  const source = bytesSource(Buffer.from(text));
  return readModel({ id: name, name, uri: '', source, openBeside: besideOf(name), size });
}

/** A model.json as its converter writes it. */
export interface GraphJson extends Readonly<Record<string, unknown>> {
  readonly modelTopology: {
    readonly node: readonly GraphJsonNode[];
  };
}

interface GraphJsonNode extends Readonly<Record<string, unknown>> {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
}

function graphJson(name: string): GraphJson {
  return JSON.parse(bytesOf(`${name}-graph/model.json`).toString()) as GraphJson;
}

/** The same with what each name of its graph stands for. */
export function graphPlans(name: string): Promise<TensorflowPlans> {
  return tensorflowPlans(graphJson(name), besideOf(name), size);
}

/** What an oracle was given. */
export function givenTo({ inputs }: GraphOracle): ReadonlyMap<string, Float32Array> {
  return new Map(
    inputs.map(({ name, shape, seed }) => [name, numbers(elementCount(shape), seed, 1)] as const),
  );
}
