import { version_cpu } from '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { readFileSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { nativeBackend } from '../../src/engine/backends/nativeBackend';
import { buildModel } from '../../src/engine/model/builtModel';
import { forward } from '../../src/engine/run/forward';
import { variants } from '../../src/network/variants/variants';
import type { BackendId } from '../../src/protocol/engineProtocol';
import { randomLayerWeights } from '../../src/weights/randomWeights';
import { forkEngineChild } from '../support/engineChild';
import { nativeAddon } from '../support/nativeAddon';
import { alternate } from './alternate';
import { writeMeasures } from './writeMeasures';

const runs = 15;
const { network, preprocess } = variants.keras;
const shape = [224, 224, 3];
const jpeg = readFileSync(resolve('test/fixtures/imaging/rgb-420.jpg'));

/** The default network on one backend: TensorFlow.js' own predict, our pass that keeps every layer, a whole classification. */
async function bench(backend: BackendId): Promise<void> {
  tf.enableProdMode();
  setWasmPaths(resolve('dist/wasm') + sep);
  if (backend === 'tensorflow')
    await nativeBackend.start({ addonPath: nativeAddon(), threads: 1, wasmDirectory: '' });
  else if (!(await tf.setBackend(backend)))
    throw new Error(`no backend ${backend} (cpu ${version_cpu})`);
  const model = await buildModel(network, (layer) => randomLayerWeights(layer, 1));
  const picture = Float32Array.from({ length: 224 * 224 * 3 }, (_, i) => Math.abs(Math.sin(i)));
  const engine = forkEngineChild();
  await engine.rpc.call('start', { backend, addonPath: nativeAddon(), refused: [] });
  await engine.rpc.call('loadWeights', { variant: 'keras', source: { kind: 'random', seed: 1 } });
  const { signal } = new AbortController();
  let runId = 0;
  const ways = {
    'bare forward pass (predict)': () =>
      tf.tidy(() =>
        (model.graph.predict(tf.tensor(picture, [1, ...shape])) as tf.Tensor).dataSync(),
      ),
    'forward pass, every layer kept': () =>
      forward(model, picture, shape, { signal, onLayer: () => undefined }),
    'classify a 500 x 375 JPEG': () =>
      engine.rpc.call('classify', { runId: ++runId, bytes: jpeg, preprocess }),
  };
  await alternate(ways, 3);
  writeMeasures(backend, await alternate(ways, backend === 'cpu' ? 3 : runs));
  engine.stop();
  model.dispose();
}

async function main(): Promise<void> {
  for (const backend of process.argv.slice(2)) await bench(backend as BackendId);
}

void main();
