import { strict as assert } from 'node:assert';
import { assemble } from '../../../../src/network/assemble';
import { WeightsError } from '../../../../src/files/bytes/weightsError';
import {
  brokenOnnx,
  lightModel,
  lightModels,
  plansOf,
  readOnnx,
} from '../../../support/onnxFixtures';

describe('models of ONNX that cannot run', () => {
  for (const { file, layer, numbers, whole, after, says = [] } of brokenOnnx) {
    it(`${file} says what is at fault, and keeps what is whole`, async () => {
      if (whole.length === 0) {
        await assert.rejects(readOnnx(file), (error) => error instanceof WeightsError);
        return;
      }
      const { document, weights, close } = await readOnnx(file);
      const { layers, unresolved } = document.network;
      for (const { name, shape } of whole) {
        const [, channels, ...sides] = shape;
        const own = layers.find((each) => each.name === name)?.outputShape;
        assert.deepEqual(own, [...sides, channels], name);
      }
      for (const name of after) {
        assert.ok(
          unresolved.some((each) => each.name === name),
          name,
        );
      }
      const problems = [...unresolved.map(({ problem }) => problem), ...weights.problems];
      // Of a cycle either layer may be named.
      const named = file === 'broken-onnx-cycle.onnx' ? ['conv2', 'relu2'] : [layer ?? ''];
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

describe('architectures of the onnx package, whose files have no shapes between their ends', () => {
  for (const name of lightModels) {
    it(`${name}: every tensor has the shape that ONNX Runtime computes`, async () => {
      const { bytes, tensors } = lightModel(name);
      const { plans, values, close } = await plansOf(bytes);
      assert.deepEqual(assemble(plans.plans, plans).unresolved, []);
      for (const [tensor, op, shape] of tensors) {
        const value = values.get(tensor);
        // What a Dropout left out is training's.
        if (op === 'Dropout' && !value) continue;
        const dims = value?.kind === 'tensor' ? value.dims : undefined;
        assert.deepEqual(value?.kind === 'constant' ? value.constant.dims : dims, shape, tensor);
      }
      await close();
    });
  }
});
