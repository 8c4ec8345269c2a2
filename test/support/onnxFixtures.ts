import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { bytesSource } from '../../src/files/bytes/byteSource';
import type { OpenBeside } from '../../src/files/bytes/openBeside';
import { WeightsError } from '../../src/files/bytes/weightsError';
import type { OnnxPlans } from '../../src/files/models/onnx/onnxPlans';
import { onnxPlans } from '../../src/files/models/onnx/onnxPlans';
import type { Value } from '../../src/files/models/onnx/values/value';
import { readModel, type ReadModel } from '../../src/files/models/readModel';
import type { Shape } from '../../src/network/tensor/shape';
import { elementCount } from '../../src/network/tensor/shape';
import { image } from './formula';
import type { BrokenModel, ModelInput, Sample } from './modelFixtures';
import { unpackFixtures } from './modelFixtures';

/** What ONNX Runtime computes of a model, tensor by tensor. */
export interface OnnxOracle {
  readonly what: string;
  readonly inputs: readonly ModelInput[];
  readonly outputs: readonly (Sample & { readonly tensor: string })[];
  readonly tensors: readonly {
    readonly name: string;
    readonly op: string;
    readonly tensor: string;
    readonly type: string;
    readonly output: Sample;
  }[];
}

const files = unpackFixtures('onnx.br');

/** The fixtures that hold whole models. */
export const onnxModels: readonly string[] = [...files.keys()].filter(
  (name) => !name.startsWith('broken') && name.endsWith('.onnx'),
);

export function onnxBytes(name: string): Buffer {
  const bytes = files.get(name);
  if (bytes) return bytes;
  throw new Error(`no fixture is named ${name}`);
}

/** What ONNX Runtime makes of a model. */
export function onnxOracle(name: string): OnnxOracle {
  return JSON.parse(onnxBytes(`${name}.json`).toString()) as OnnxOracle;
}

/** The models that cannot run. */
export const { expected: brokenOnnx } = JSON.parse(onnxBytes('broken.json').toString()) as {
  readonly expected: readonly BrokenModel[];
};

const beside: OpenBeside = (name) => {
  const bytes = files.get(name);
  if (bytes) return Promise.resolve(bytesSource(bytes));
  throw new WeightsError(`needs the file ${JSON.stringify(name)} beside it`);
};

/** Reads a model of the fixtures. */
export function readOnnx(name: string): Promise<ReadModel> {
  const source = bytesSource(onnxBytes(name));
  return readModel({ id: name, name, uri: '', source, openBeside: beside });
}

/** The same with what each name of its graph stands for. */
export function plansOf(bytes: Uint8Array): Promise<OnnxPlans> {
  return onnxPlans(bytesSource(bytes), beside, [224, 224]);
}

/** An oracle's picture in the network's order. */
export function pictureOf({ picture, shape }: ModelInput): Float32Array {
  const { height, width, seed, channels, scale } = picture;
  const exact = Math.abs(scale - 1 / 255) < 1e-6 ? 1 / 255 : scale;
  const rgb = image(height, width, seed);
  const count = elementCount(shape);
  return Float32Array.from({ length: count }, (_, i) => {
    const [cell, channel] = [Math.floor(i / channels), i % channels];
    return Math.fround((rgb[cell * 3 + channel] ?? 0) * exact);
  });
}

/** The index in a layer's output of a value that has this flat index in ONNX' order. */
export function placeIn(value: Value & { readonly kind: 'tensor' }): (index: number) => number {
  const { dims, axes, layer } = value;
  const own = layer.outputShape;
  return (index) => {
    const along: number[] = [];
    let rest = index;
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      along[axis] = rest % (dims[axis] ?? 1);
      rest = Math.floor(rest / (dims[axis] ?? 1));
    }
    return axes.reduce((at, axis, place) => at * (own[place] ?? 1) + (along[axis] ?? 0), 0);
  };
}

/** A layer's values in ONNX' order. */
export function inOrder(
  value: Value & { readonly kind: 'tensor' },
  values: ArrayLike<number>,
): Float64Array {
  const place = placeIn(value);
  const { dims }: { readonly dims: Shape } = value;
  return Float64Array.from(
    { length: elementCount(dims) },
    (_, index) => values[place(index)] ?? NaN,
  );
}

/** Architectures of the onnx package, whose weights are one number each. */
export const lightModels = ['densenet121', 'inception_v1', 'resnet50', 'squeezenet'] as const;

/** One of them, and the shape of every tensor that is computed. */
export function lightModel(name: (typeof lightModels)[number]) {
  const path = resolve('test/fixtures/models/onnx-light', `light_${name}`);
  const { tensors } = JSON.parse(readFileSync(`${path}.json`).toString()) as {
    readonly tensors: readonly (readonly [tensor: string, op: string, shape: Shape])[];
  };
  return { bytes: brotliDecompressSync(readFileSync(`${path}.onnx.br`)), tensors };
}
