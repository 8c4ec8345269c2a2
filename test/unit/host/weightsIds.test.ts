import { strict as assert } from 'node:assert';
import type { WeightsChoice } from '../../../src/host/weights/weightsChoice';
import { WeightsIds } from '../../../src/host/weights/weightsIds';

describe('numbers of weights', () => {
  const file = { kind: 'file', file: {} } as unknown as WeightsChoice;
  const other = { kind: 'file', file: {} } as unknown as WeightsChoice;

  it('are the same for the same seed, and never those of a file', () => {
    const ids = new WeightsIds();
    const seed = (value: number): number => ids.of('keras', { kind: 'random', seed: value });
    assert.equal(seed(1), seed(1));
    assert.notEqual(seed(1), seed(2));
    assert.notEqual(seed(1), ids.of('paper', { kind: 'random', seed: 1 }));
    assert.ok(![seed(0), seed(1)].includes(ids.of('keras', file)));
  });

  it('stay those of a published set, which is the same at every load', () => {
    const ids = new WeightsIds();
    const published = {
      kind: 'published',
      path: '/a',
      entry: { id: 'a' },
    } as unknown as WeightsChoice;
    const first = ids.of('keras', published);
    assert.equal(ids.renew('keras', published), first);
    assert.notEqual(ids.of('keras', file), first);
  });

  it('change with every load of a file, and with another choice', () => {
    const ids = new WeightsIds();
    const first = ids.of('keras', file);
    assert.equal(ids.of('keras', file), first);
    assert.notEqual(ids.of('keras', other), first);
    const second = ids.renew('keras', file);
    assert.notEqual(second, first);
    assert.equal(ids.of('keras', file), second);
    assert.notEqual(ids.of('keras', other), second);
  });
});
