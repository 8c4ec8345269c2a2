import { strict as assert } from 'node:assert';
import { resolve } from 'node:path';
import { startBackend } from '../../src/engine/backends/startBackend';
import { graphModels, givenTo, graphOracle, graphPlans } from '../support/graphFixtures';
import { placeIn } from '../support/onnxFixtures';
import { runOnnx } from '../support/runOnnx';

/** Of a tensor's root mean square. */
const tolerance = 1e-4;

describe("graph models of TensorFlow.js' converter, on WebAssembly", function () {
  this.timeout(60_000);
  before(async () => {
    const params = { backend: 'wasm', threads: 1, addonPath: undefined, refused: [] } as const;
    await startBackend(params, resolve('dist/wasm'), () => undefined);
  });

  // Converted from Keras, from a function of many operators, and from a frozen graph of TensorFlow 1 with weights of 8 bits.
  for (const name of graphModels) {
    it(`${name}: every node is what TensorFlow computes`, async () => {
      const oracle = graphOracle(name);
      const opened = await graphPlans(name);
      const [outputs = new Map<string, Float32Array>()] = await runOnnx(opened, [givenTo(oracle)]);
      const wrong = oracle.tensors.flatMap(({ tensor, output: { shape, l2, at, values } }) => {
        const value = opened.values.get(tensor);
        assert.ok(value?.kind === 'tensor', tensor);
        assert.deepEqual(value.dims, shape, tensor);
        const own = outputs.get(value.layer.name);
        assert.ok(own, `${value.layer.name} did not run`);
        const place = placeIn(value);
        const may = tolerance * (l2 / Math.sqrt(own.length)) + 1e-7;
        const far = Math.max(
          ...at.map((index, i) => Math.abs((own[place(index)] ?? NaN) - values[i]!)),
        );
        return far <= may ? [] : [`${tensor} is off by ${far}, and may be by ${may}`];
      });
      assert.deepEqual(wrong, []);
      await opened.close();
    });
  }
});
