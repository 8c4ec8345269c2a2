import * as tf from '@tensorflow/tfjs-core';
import { resolve } from 'node:path';
import { startBackend } from '../../src/engine/backends/startBackend';
import { explainRun } from '../../src/engine/explain/explainRun';
import { layerCams } from '../../src/engine/explain/layerCams';
import { Work } from '../../src/engine/explain/work';
import { buildModel } from '../../src/engine/model/builtModel';
import { forward } from '../../src/engine/run/forward';
import { storedRun, type StoredRun } from '../../src/engine/run/runStore';
import { randomLayerWeights } from '../../src/files/randomWeights';
import { alexNets } from '../../src/library/alexNets';
import { inputShape } from '../../src/network/inputShape';
import type { BackendId } from '../../src/protocol/engineProtocol';
import type { ExplanationProgress, ExplanationRequest } from '../../src/protocol/explanation';
import { nativeAddon } from '../support/nativeAddon';
import { alternate } from './alternate';
import { fromCommandLine } from './fromCommandLine';
import { writeMeasures } from './writeMeasures';

const warmUps = 2;
const { network, preprocess } = alexNets.keras;
const target = { class: 0 };

/** Explanations of a run of the default network: what a person waits for until there is a map. */
async function bench(backend: BackendId, threads: number, runs: number): Promise<void> {
  tf.enableProdMode();
  const params = { backend, addonPath: nativeAddon(), refused: [], threads };
  const info = await startBackend(params, resolve('dist/wasm'), () => undefined);
  const model = await buildModel(network, (layer) => randomLayerWeights(layer, 1));
  const shape = inputShape(network);
  const data = Float32Array.from({ length: 224 * 224 * 3 }, (_, i) => Math.abs(Math.sin(i)));
  const { signal } = new AbortController();
  const inputs = new Map([['input', data]]);
  const passForward = () => forward(model, inputs, { signal, onLayer: () => undefined });
  const pass = await passForward();
  const input = { shape, data };
  const run = storedRun({ runId: 1, network, weightsId: 1, input, preprocess }, pass);
  const runOf = (): StoredRun => run;
  const everyLayer = () =>
    layerCams({ model, run, work: new Work({ signal, report: () => undefined }) }, target);
  const explain = (request: ExplanationRequest) => (): Promise<unknown> =>
    explainRun(run, model, request, { signal, report: () => undefined, runOf });

  /** Ends with the first map that covers the picture. */
  const firstMap = async (): Promise<void> => {
    const enough = new AbortController();
    const report = ({ map }: ExplanationProgress): void => {
      if (map) enough.abort(new Error('enough'));
    };
    const options = { signal: enough.signal, report, runOf };
    await explainRun(run, model, { method: 'occlusion', target }, options).catch(
      (error: unknown) => {
        if (!enough.signal.aborted) throw error;
      },
    );
  };

  const ways = {
    'forward pass, every layer kept': passForward,
    'Grad-CAM of a run': explain({ method: 'gradCam', target }),
    'Grad-CAM of every layer': everyLayer,
    'gradient to the picture': explain({ method: 'saliency', target }),
    'occlusion, the first map': firstMap,
  };
  await alternate(ways, warmUps);
  writeMeasures(`${backend} ${info.version} x ${info.threads}`, await alternate(ways, runs));
  model.dispose();
}

fromCommandLine(bench);
