import * as tf from '@tensorflow/tfjs-core';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { startBackend } from '../../src/engine/backends/startBackend';
import { Optimiser } from '../../src/engine/train/optimiser';
import { TrainableModel } from '../../src/engine/train/trainableModel';
import { trainStep } from '../../src/engine/train/trainingStep';
import { randomLayerWeights } from '../../src/files/randomWeights';
import { trainerEnvironment } from '../../src/host/train/trainerProcess';
import { alexNets } from '../../src/library/alexNets';
import type { BackendId } from '../../src/protocol/engineProtocol';
import { nativeAddon } from '../support/nativeAddon';
import { writeMeasures } from './writeMeasures';

/** Not measured: the first ones allocate. */
const warmUps = 2;
const rate = 0.001;
const megabyte = 2 ** 20;

/** Steps of the default network, all layers learning, from pictures in memory; then whether memory has grown over them. */
async function bench(
  backend: BackendId,
  steps: number,
  size: number,
  threads: number,
): Promise<void> {
  tf.enableProdMode();
  const params = { backend, addonPath: nativeAddon(), refused: [], threads };
  const info = await startBackend(params, resolve('dist/wasm'), () => undefined);
  const model = await TrainableModel.make(alexNets.keras.network, {
    weightsOf: (layer) => randomLayerWeights(layer, 1),
    learns: () => true,
  });
  const optimiser = new Optimiser({
    kind: 'sgd',
    momentum: 0.9,
    nesterov: true,
    weightDecay: 0,
  });
  const values = Float32Array.from({ length: size * 224 * 224 * 3 }, (_, i) =>
    Math.abs(Math.sin(i)),
  );
  const labels = Array.from({ length: size }, (_, index) => index % 1000);
  const times: number[] = [];
  const memory: number[] = [];
  for (let step = 0; step < warmUps + steps; step++) {
    const start = performance.now();
    const pictures = tf.tensor4d(values, [size, 224, 224, 3]);
    trainStep(model, { pictures, labels }, { optimiser, rate, seed: step });
    pictures.dispose();
    times.push((performance.now() - start) / size);
    memory.push(process.memoryUsage().rss / megabyte);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const measured = memory.slice(warmUps);
  writeMeasures(`${backend} ${info.version} x ${info.threads}`, [
    { name: `training, a picture of ${size}`, values: times.slice(warmUps) },
    { name: 'training: memory after a step', values: measured, unit: 'MB' },
    { name: 'training: memory it grew by', values: [grown(measured)], unit: 'MB' },
  ]);
}

function grown(memory: readonly number[]): number {
  return (memory.at(-1) ?? 0) - (memory[0] ?? 0);
}

function fromCommandLine(): void {
  const [backend = 'tensorflow', ...counts] = process.argv.slice(2);
  const [steps = 5, size = 32, threads = 2] = counts.map(Number);
  // WebAssembly's threads would keep the process for ever.
  void bench(backend as BackendId, steps, size, threads).then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
}

/** Again in a process with the variables of the one that trains, which reads them as it starts. */
function asTrainer(): void {
  const env = { ...process.env, ...trainerEnvironment };
  const { status } = spawnSync(process.execPath, process.argv.slice(1), { env, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}

const isTrainer = Object.keys(trainerEnvironment).every((name) => name in process.env);
if (isTrainer) fromCommandLine();
else asTrainer();
