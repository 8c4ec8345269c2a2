import { strict as assert } from 'node:assert';
import { resolve } from 'node:path';
import { buildModel } from '../../src/engine/model/builtModel';
import { forward } from '../../src/engine/run/forward';
import { startBackend } from '../../src/engine/backends/startBackend';
import type { OnnxPlans } from '../../src/files/models/onnx/onnxPlans';
import { modelWeights } from '../../src/files/models/plans/modelWeights';
import { assemble } from '../../src/network/assemble';
import {
  onnxBytes,
  type OnnxOracle,
  onnxOracle,
  pictureOf,
  placeIn,
  plansOf,
} from '../support/onnxFixtures';

/** Of a tensor's root mean square. */
const tolerance = 1e-4;
const models = ['onnx-plain9', 'onnx-residual17', 'onnx-mobile13', 'onnx-external17'];

describe('models of ONNX, on WebAssembly', function () {
  this.timeout(60_000);
  before(async () => {
    const params = { backend: 'wasm', threads: 1, addonPath: undefined, refused: [] } as const;
    await startBackend(params, resolve('dist/wasm'), () => undefined);
  });

  for (const name of models) {
    it(`${name}: every tensor is what ONNX Runtime computes`, async () => {
      const oracle = onnxOracle(name);
      const opened = await plansOf(onnxBytes(`${name}.onnx`));
      const outputs = await runAll(opened, oracle);
      const wrong: string[] = [];
      for (const { tensor, output } of oracle.tensors) {
        const value = opened.values.get(tensor);
        if (value?.kind === 'constant') continue;
        if (value?.kind !== 'tensor') {
          wrong.push(`${tensor} has no layer`);
          continue;
        }
        assert.deepEqual(value.dims, output.shape, tensor);
        const values = outputs.get(value.layer.name);
        if (!values) {
          wrong.push(`${tensor}: ${value.layer.name} did not run`);
          continue;
        }
        const rms = output.l2 / Math.sqrt(values.length);
        const place = placeIn(value);
        const far = Math.max(
          ...output.at.map((at, i) => Math.abs((values[place(at)] ?? NaN) - output.values[i]!)),
        );
        if (!(far <= tolerance * rms)) wrong.push(`${tensor} is off by ${far / rms} of its RMS`);
      }
      assert.deepEqual(wrong, []);
      await opened.close();
    });
  }
});

/** Every layer's values for the oracle's pictures. */
async function runAll(
  { plans, find }: OnnxPlans,
  { inputs }: OnnxOracle,
): Promise<ReadonlyMap<string, Float32Array>> {
  const network = assemble(plans.plans, plans);
  assert.deepEqual(network.unresolved, []);
  const { weights, problems } = await modelWeights(network, plans.layers, find);
  assert.deepEqual(problems, []);
  const read = new Map<string, Float32Array>();
  for (const [key, weight] of weights) read.set(key, await weight.read());
  const model = await buildModel(network, () => read);
  const pictures = new Map(inputs.map((input) => [input.name, pictureOf(input)]));
  try {
    const { outputs } = await forward(model, pictures, {
      signal: new AbortController().signal,
      onLayer: () => undefined,
    });
    return new Map([
      ...pictures,
      ...outputs.map(({ layer, values }) => [layer.name, values] as const),
    ]);
  } finally {
    model.dispose();
  }
}
