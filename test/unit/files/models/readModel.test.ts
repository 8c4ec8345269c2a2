import { strict as assert } from 'node:assert';
import { WeightsError } from '../../../../src/files/bytes/weightsError';
import { summarize } from '../../../../src/network/summary';
import {
  brokenModels,
  modelOracle,
  oracleName,
  readFixture,
  wholeModels,
} from '../../../support/modelFixtures';

describe('models of Keras and TensorFlow.js', () => {
  for (const file of wholeModels) {
    it(`${file} has the shapes and parameters that Keras computed, and its weights`, async () => {
      const { document, weights, remarks, close } = await readFixture(file);
      const { layers, totals } = modelOracle(oracleName(file));
      assert.deepEqual(document.network.unresolved, []);
      const own = summarize(document.network);
      for (const { name, call, model, parameters, output } of layers) {
        if (model) continue;
        const key = call === 0 ? name : `${name}:${call}`;
        const parts = own.layers.filter((each) => `${each.name}/`.startsWith(`${key}/`));
        const layer = own.layers.find((each) => each.name === key);
        assert.deepEqual(layer?.outputShape, output.shape, key);
        const held = parts.reduce((sum, each) => sum + each.parameters, 0);
        assert.equal(held, parameters ?? 0, key);
      }
      assert.equal(own.totals.parameters, totals.parameters);
      assert.deepEqual(weights.problems, []);
      assert.deepEqual(remarks, []);
      const wanted = document.network.layers.flatMap(({ name, weights: specs }) =>
        specs.map((spec) => `${name}.${spec.name}`),
      );
      assert.deepEqual([...weights.weights.keys()].sort(), wanted.sort());
      await close();
    });
  }
});

describe('models that cannot run', () => {
  for (const { file, layer, numbers, whole, after, says = [] } of brokenModels()) {
    it(`${file} says what is at fault, and keeps what is whole`, async () => {
      if (whole.length === 0) {
        await assert.rejects(readFixture(file), (error: Error) => {
          assert.ok(error instanceof WeightsError, String(error));
          for (const word of says) assert.ok(error.message.includes(word), error.message);
          return true;
        });
        return;
      }
      const { document, weights, close } = await readFixture(file);
      const { layers, unresolved } = document.network;
      for (const { name, shape } of whole) {
        assert.deepEqual(layers.find((each) => each.name === name)?.outputShape, shape, name);
      }
      const problems = [...unresolved.map(({ problem }) => problem), ...weights.problems];
      for (const name of after)
        assert.ok(
          unresolved.some((each) => each.name === name),
          name,
        );
      // Of a cycle either layer may be named.
      const named = file === 'broken-cycle.keras' ? ['left', 'merge'] : [layer ?? ''];
      const own = problems.filter((problem) => named.includes(problem.layer));
      assert.ok(own.length > 0, JSON.stringify(problems));
      for (const word of [...numbers.map(String), ...says]) {
        assert.ok(
          own.some(({ sentence }) => sentence.includes(word)),
          `${word}: ${own[0]?.sentence}`,
        );
      }
      await close();
    });
  }
});
