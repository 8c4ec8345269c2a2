import { strict as assert } from 'node:assert';
import {
  batchNormalization,
  conv2d,
  dense,
  flatten,
  input,
  model,
} from '../../../src/network/functional';
import { randomWeights } from '../../../src/files/randomWeights';

const image = input([8, 8, 3]);
const network = model(
  image,
  dense(50, { name: 'fc' })(
    flatten({ name: 'flat' })(
      batchNormalization({ name: 'bn' })(conv2d(40, 5, { name: 'conv', padding: 'same' })(image)),
    ),
  ),
);

describe('random weights', () => {
  it('are the same for the same seed, and others for another', () => {
    const [a, b, c] = [1, 1, 2].map((seed) => randomWeights(network, seed));
    assert.deepEqual(a, b);
    assert.notDeepEqual(a!.get('conv.kernel'), c!.get('conv.kernel'));
  });

  it('are these numbers for seed 1, on every machine', () => {
    const kernel = randomWeights(network, 1).get('conv.kernel')!;
    // Computed by another program from the same two hash functions.
    const expected = { 0: 0.1379559338092804, 1: -0.0931401178240776, 2999: 0.14268858730793 };
    for (const [i, value] of Object.entries(expected)) assert.equal(kernel[Number(i)], value);
    assert.equal(kernel.length, 5 * 5 * 3 * 40);
  });

  it("have He's variance 2 / fan-in around 0, within the uniform's limits", () => {
    for (const [name, fanIn] of [
      ['conv.kernel', 75],
      ['fc.kernel', 2560],
    ] as const) {
      const values = randomWeights(network, 3).get(name)!;
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
      const wanted = 2 / fanIn;
      assert.ok(
        Math.abs(variance / wanted - 1) < 0.06,
        `${name}: variance ${variance}, expected ${wanted}`,
      );
      assert.ok(Math.abs(mean) < 4 * Math.sqrt(wanted / values.length), `${name}: mean ${mean}`);
      const limit = Math.sqrt(6 / fanIn);
      assert.ok(values.every((value) => Math.abs(value) <= limit * 1.000001));
    }
  });

  it('leave biases at 0 and batch norm at identity', () => {
    const weights = randomWeights(network, 1);
    assert.ok(weights.get('fc.bias')!.every((value) => value === 0));
    assert.deepEqual(
      ['gamma', 'beta', 'moving_mean', 'moving_variance'].map(
        (name) => weights.get(`bn.${name}`)![7],
      ),
      [1, 0, 0, 1],
    );
  });
});
