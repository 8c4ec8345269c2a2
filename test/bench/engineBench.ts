import * as tf from '@tensorflow/tfjs-core';
import { alexNets } from '../../src/library/alexNets';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { startBackend } from '../../src/engine/backends/startBackend';
import { buildModel } from '../../src/engine/model/builtModel';
import { forward } from '../../src/engine/run/forward';
import type { BackendId } from '../../src/protocol/engineProtocol';
import { randomLayerWeights } from '../../src/files/randomWeights';
import { nativeAddon } from '../support/nativeAddon';
import { startEngine } from '../support/startedEngine';
import { alternate } from './alternate';
import { bareForward, layerTimes } from './bareForward';
import { fromCommandLine } from './fromCommandLine';
import { writeLayerTimes, writeMeasures } from './writeMeasures';

const warmUps = 3;
const { network } = alexNets.keras;
const shape = [224, 224, 3];
const jpeg = readFileSync(resolve('test/fixtures/imaging/rgb-420.jpg'));

/** The default network on one backend: a pass that reads the output only, ours that keeps every layer, a whole classification. */
async function bench(backend: BackendId, threads: number, runs: number): Promise<void> {
  tf.enableProdMode();
  const params = { backend, addonPath: nativeAddon(), refused: [], threads };
  const info = await startBackend(params, resolve('dist/wasm'), () => undefined);
  const model = await buildModel(network, (layer) => randomLayerWeights(layer, 1));
  const picture = Float32Array.from({ length: 224 * 224 * 3 }, (_, i) => Math.abs(Math.sin(i)));
  const engine = await startEngine(params);
  await engine.loadRandom('keras');
  const { signal } = new AbortController();
  let runId = 0;
  const bare = {
    'bare forward pass': () => bareForward(model, picture),
  };
  // Plain JavaScript takes seconds a pass.
  const ways =
    backend === 'cpu'
      ? bare
      : {
          ...bare,
          'forward pass, every layer kept': () =>
            forward(model, new Map([['input', picture]]), { signal, onLayer: () => undefined }),
          'classify a 500 x 375 JPEG': () => engine.classify('keras', ++runId, jpeg),
        };
  const part = `${backend} ${info.version} x ${info.threads}`;
  await alternate(ways, warmUps);
  writeMeasures(part, await alternate(ways, runs));
  if (backend !== 'cpu') {
    const input = tf.tensor(picture, [1, ...shape]);
    layerTimes(model, input, warmUps);
    writeLayerTimes(part, layerTimes(model, input, runs));
  }
  const { peakBytes } = await engine.rpc.call('usage', undefined);
  const peak = {
    name: 'peak memory of the engine',
    values: [peakBytes / 2 ** 20],
    unit: 'MB',
  } as const;
  writeMeasures(part, [peak]);
  engine.stop();
  model.dispose();
}

fromCommandLine(bench);
