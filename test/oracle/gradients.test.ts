import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { alexNets } from '../../src/library/alexNets';
import { strict as assert } from 'node:assert';
import { inputShapeOf } from '../../src/network/layers/layer';
import { resolve } from 'node:path';
import { explainRun } from '../../src/engine/explain/explainRun';
import { forward } from '../../src/engine/run/forward';
import { storedRun } from '../../src/engine/run/runStore';
import { startBackend } from '../../src/engine/backends/startBackend';
import { buildModel } from '../../src/engine/model/builtModel';
import type { Step } from '../../src/engine/model/step';
import type { TensorHandle } from '../../src/network/functional';
import {
  adaptiveAveragePool2d,
  batchNormalization,
  conv2d,
  dense,
  flatten,
  input,
  lrn,
  maxPool2d,
  model,
} from '../../src/network/functional';
import { elementCount } from '../../src/network/tensor/shape';
import type { BackendId } from '../../src/protocol/engineProtocol';
import { numbers } from '../support/formula';
import { formulaWeights } from '../support/formulaWeights';
import { nativeAddon } from '../support/nativeAddon';
import { notRun } from '../support/notRun';
import { tolerance } from '../support/oracle';

/** One of each kind, in settings that the variants have; small, so that plain JavaScript can be the reference. */
function everyKind(): TensorHandle {
  const kinds = [
    conv2d(24, 11, { name: 'conv_stride_4', strides: 4, padding: 'same', activation: 'relu' }),
    lrn({ name: 'lrn_caffe', size: 5, k: 1, alpha: 2e-5, beta: 0.75 }),
    maxPool2d(3, { name: 'pool', strides: 2 }),
    conv2d(32, 5, { name: 'conv_2_groups', padding: 2, groups: 2, activation: 'relu' }),
    lrn({ name: 'lrn_strong', size: 5, k: 2, alpha: 0.5, beta: 0.75 }),
    conv2d(48, 3, { name: 'conv', padding: 'same', activation: 'relu' }),
    batchNormalization({ name: 'batch_norm' }),
    maxPool2d(3, { name: 'pool_rounded_up', strides: 2, ceil: true }),
    adaptiveAveragePool2d(1, { name: 'average_pool' }),
    flatten({ name: 'flatten' }),
    dense(64, { name: 'dense', activation: 'relu' }),
    dense(10, { name: 'dense_linear' }),
  ];
  return kinds.reduce((x, kind) => kind(x), small);
}

const small = input([64, 64, 3]);
const network = model(small, everyKind());

/** Four windows that overlap, weighed 1, 2, 3 and 4. */
const pooled = input([5, 5, 1]);
const pooling = model(
  pooled,
  [
    maxPool2d(3, { name: 'pool', strides: 2 }),
    flatten({ name: 'flatten' }),
    dense(1, { name: 'sum', useBias: false }),
  ].reduce((x, layer) => layer(x), pooled),
);
const poolingWeights = new Map([['sum.kernel', Float32Array.of(1, 2, 3, 4)]]);

/** Of 5 x 5 values, the slope to some by row-major index; 0 to all others. */
const slopesAt = (given: Readonly<Record<number, number>>): readonly number[] =>
  Array.from({ length: 25 }, (_, at) => given[at] ?? 0);

const pools = [
  {
    what: 'where all are 0',
    input: new Float32Array(25),
    expected: slopesAt({ 0: 1, 2: 2, 10: 3, 12: 4 }),
  },
  {
    what: 'where all are negative and the same',
    input: new Float32Array(25).fill(-2),
    expected: slopesAt({ 0: 1, 2: 2, 10: 3, 12: 4 }),
  },
  {
    what: 'where all are negative and grow',
    input: Float32Array.from({ length: 25 }, (_, at) => at - 30),
    expected: slopesAt({ 12: 1, 14: 2, 22: 3, 24: 4 }),
  },
  {
    what: 'where one is the largest of all',
    input: Float32Array.from({ length: 25 }, (_, at) => (at === 12 ? 1 : 0)),
    expected: slopesAt({ 12: 10 }),
  },
];

const addonPath = nativeAddon();
if (addonPath === undefined) notRun('native TensorFlow: its gradients');

const plans: readonly { backend: BackendId; threads: number }[] = [
  ...(addonPath === undefined ? [] : [{ backend: 'tensorflow', threads: 2 } as const]),
  { backend: 'wasm', threads: 2 },
];

async function start(backend: BackendId, threads: number): Promise<void> {
  const params = { backend, threads, addonPath, refused: [] };
  const info = await startBackend(params, resolve('dist/wasm'), () => undefined);
  assert.equal(info.backend, backend);
}

/** d (sum of `weights` times the layer's output) / d input, at this input. */
function inputGradient({ layer, run }: Step, stream: number): Float32Array {
  return tf.tidy(() => {
    const x = formulaTensor(inputShapeOf(layer), stream, 2);
    const weights = formulaTensor(layer.outputShape, stream + 1, 1);
    return tf
      .grad((value) => run([value]))(x, weights)
      .dataSync<'float32'>();
  });
}

function formulaTensor(shape: readonly number[], stream: number, scale: number): tf.Tensor {
  return tf.tensor(numbers(elementCount(shape), stream, scale), [1, ...shape], 'float32');
}

describe('gradients', () => {
  let reference: ReadonlyMap<string, Float32Array>;

  before(async () => {
    await start('cpu', 1);
    reference = await layerGradients();
  });

  for (const { backend, threads } of plans) {
    it(`of every kind of layer on ${backend} equal plain JavaScript's`, async () => {
      await start(backend, threads);
      for (const [name, values] of await layerGradients()) {
        const expected = reference.get(name) ?? new Float32Array();
        assertNear(values, expected, name);
      }
    });

    it(`of a pool on ${backend} go to the first maximum of each window`, async () => {
      await start(backend, threads);
      for (const { what, input: values, expected } of pools) {
        for (const method of ['saliency', 'guidedBackprop', 'deconvnet'] as const)
          assert.deepEqual([...(await poolSignal(values, method))], expected, `${method}, ${what}`);
      }
    });
  }
});

/** What comes back to a picture of 5 x 5 values from the pool's weighed sum. */
async function poolSignal(
  values: Float32Array,
  method: 'saliency' | 'guidedBackprop' | 'deconvnet',
): Promise<Float32Array> {
  const built = await buildModel(pooling, () => poolingWeights);
  const { signal } = new AbortController();
  const inputs = new Map([['input', values]]);
  const pass = await forward(built, inputs, { signal, onLayer: () => undefined });
  const given = { shape: [5, 5, 1], data: values };
  const { preprocess } = alexNets.keras;
  const about = { runId: 1, network: pooling, weightsId: 1, input: given, preprocess };
  const { map } = await explainRun(
    storedRun(about, pass),
    built,
    { method, target: { class: 0 } },
    { signal, report: () => undefined, runOf: () => assert.fail('no other run is asked for') },
  );
  built.dispose();
  return map.data;
}

async function layerGradients(): Promise<ReadonlyMap<string, Float32Array>> {
  const built = await buildModel(network, formulaWeights);
  const gradients = new Map(
    built.steps.map((step, index) => [step.layer.name, inputGradient(step, 100 + 2 * index)]),
  );
  built.dispose();
  return gradients;
}

function assertNear(values: Float32Array, expected: Float32Array, what: string): void {
  assert.equal(values.length, expected.length, what);
  const rms = Math.sqrt(expected.reduce((sum, v) => sum + v * v, 0) / expected.length);
  assert.ok(rms > 0, `${what}: the reference is not zero`);
  const off = expected.reduce((most, v, i) => Math.max(most, Math.abs((values[i] ?? NaN) - v)), 0);
  assert.ok(off <= tolerance * rms, `${what}: off by ${off}, RMS ${rms}`);
}
