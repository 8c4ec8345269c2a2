import { strict as assert } from 'node:assert';
import { quadratures } from '../../../../src/engine/explain/quadrature';

describe('places on a path', () => {
  for (const [rule, exactTo] of [
    ['midpoint', () => 1],
    ['gaussLegendre', (count: number) => 2 * count - 1],
  ] as const) {
    for (const count of [1, 2, 7, 20]) {
      it(`of ${rule} stand for all of it and are exact to their degree: ${count}`, () => {
        const { nodes, weights } = quadratures[rule](count);
        for (let power = 0; power <= exactTo(count); power++) {
          const sum = nodes.reduce((total, node, at) => total + weights[at]! * node ** power, 0);
          assert.ok(Math.abs(sum - 1 / (power + 1)) < 1e-12, `power ${power}: ${sum}`);
        }
        assert.deepEqual(
          [...nodes],
          [...nodes].sort((a, b) => a - b),
        );
      });
    }
  }
});
