import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { startBackend } from '../../src/engine/backends/startBackend';
import { buildModel } from '../../src/engine/model/builtModel';
import { forward, type ForwardPass } from '../../src/engine/run/forward';
import { randomLayerWeights } from '../../src/files/randomWeights';
import { inputName } from '../../src/network/network';
import type { BackendId } from '../../src/protocol/engineProtocol';
import { kerasModel } from '../support/kerasPlans';
import { nativeAddon } from '../support/nativeAddon';
import { alternate, type Measure } from './alternate';
import { loadOnnxRuntime } from './onnxRuntime';
import { writeMeasures } from './writeMeasures';
import { writeOnnx } from './writeOnnx';

const side = 224;
const warmUps = 3;
const peers = { tensorflow: 'onnxruntime-node', wasm: 'onnxruntime-web' } as const;

/**
 * MobileNetV2 with every layer's output read: this engine, and in turns with it the same network and weights in
 * onnxruntime; `beside` is a file in the folder of its packages.
 */
async function main([backend, beside, threads = '2', runs = '15']: string[]): Promise<void> {
  assert.ok(backend === 'tensorflow' || backend === 'wasm');
  const { network } = kerasModel('MobileNetV2');
  const picture = Float32Array.from({ length: side * side * 3 }, (_, at) => Math.abs(Math.sin(at)));
  const ours = await engine(backend, Number(threads), network, picture);
  const peer = peers[backend];
  const ways: Record<string, () => Promise<unknown>> = { [`this engine, ${backend}`]: ours };
  if (beside !== undefined && beside !== '') {
    const theirs = await onnxSession(peer, beside, Number(threads), network, picture);
    agree(await ours(), await theirs());
    ways[peer] = theirs;
  }
  await alternate(ways, warmUps);
  const measures = await alternate(ways, Number(runs));
  writeMeasures('MobileNetV2, all outputs read', [...measures, ...ratio(measures)]);
}

type Network = ReturnType<typeof kerasModel>['network'];

async function engine(
  backend: BackendId,
  threads: number,
  network: Network,
  picture: Float32Array,
): Promise<() => Promise<ForwardPass>> {
  tf.enableProdMode();
  const params = { backend, addonPath: nativeAddon(), refused: [], threads };
  await startBackend(params, resolve('dist/wasm'), () => undefined);
  const model = await buildModel(network, (layer) => randomLayerWeights(layer, 1));
  const inputs = new Map([[inputName(network), picture]]);
  const { signal } = new AbortController();
  return () => forward(model, inputs, { signal, onLayer: () => undefined });
}

type Outputs = Readonly<Record<string, { readonly data: Float32Array }>>;

async function onnxSession(
  name: (typeof peers)[keyof typeof peers],
  beside: string,
  threads: number,
  network: Network,
  picture: Float32Array,
): Promise<() => Promise<Outputs>> {
  const ort = loadOnnxRuntime(beside, name);
  ort.env.wasm.numThreads = threads;
  const path = join(tmpdir(), `alexnet-bench-${process.pid}.onnx`);
  await writeOnnx(path, network, weightsOf(network), { everyLayer: true });
  const options = {
    intraOpNumThreads: threads,
    executionProviders: [name.endsWith('web') ? 'wasm' : 'cpu'],
  };
  const session = await ort.InferenceSession.create(readFileSync(path), options);
  await rm(path);
  const cells = side * side;
  const chw = picture.map((_, at) => picture[(at % cells) * 3 + Math.floor(at / cells)] ?? 0);
  const feeds = { [inputName(network)]: new ort.Tensor('float32', chw, [1, 3, side, side]) };
  return () => session.run(feeds);
}

function weightsOf({ layers }: Network): ReadonlyMap<string, Float32Array> {
  return new Map(layers.flatMap((layer) => [...randomLayerWeights(layer, 1)]));
}

/** The same probabilities, and an output for every layer. */
function agree({ outputs }: ForwardPass, theirs: Outputs): void {
  const last = outputs.at(-1);
  assert.ok(last);
  const { data } = theirs[last.layer.name] ?? { data: new Float32Array() };
  const largest = last.values.reduce((a, b) => Math.max(a, b));
  last.values.forEach((value, at) =>
    assert.ok(Math.abs(value - (data[at] ?? NaN)) < 1e-3 * largest, `class ${at} differs`),
  );
  for (const { layer, values } of outputs)
    assert.equal(theirs[layer.name]?.data.length, values.length, layer.name);
}

/** Of the medians, the engine's first. */
function ratio([ours, theirs]: readonly Measure[]): readonly Measure[] {
  if (!ours || !theirs) return [];
  const middle = ({ values }: Measure): number =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
  const name = `${ours.name} / ${theirs.name}`;
  return [{ name, values: [middle(ours) / middle(theirs)], unit: '×' }];
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  },
);
