import { strict as assert } from 'node:assert';
import { type AlexNetId, alexNetIds, alexNets } from '../../../src/library/alexNets';
import { alignLayers } from '../../../src/network/alignLayers';

function rows(a: AlexNetId, b: AlexNetId): readonly string[] {
  return alignLayers(alexNets[a].network, alexNets[b].network).map(
    (pair) => `${pair.a?.name ?? '-'} ${pair.b?.name ?? '-'}`,
  );
}

describe('layers of two networks side by side', () => {
  for (const id of alexNetIds) {
    it(`pairs every layer of ${id} with itself`, () => {
      const names = alexNets[id].network.layers.map(({ name }) => `${name} ${name}`);
      assert.deepEqual(rows(id, id), names);
    });
  }

  it('pairs the pools of equal shape where two networks swap pooling and normalisation', () => {
    assert.deepEqual(rows('bvlc', 'caffenet').slice(0, 9), [
      'input input',
      'conv1 conv1',
      'norm1 -',
      'pool1 pool1',
      '- norm1',
      'conv2 conv2',
      'norm2 -',
      'pool2 pool2',
      '- norm2',
    ]);
  });

  it('keeps every layer of both, each in its own order', () => {
    for (const a of alexNetIds) {
      for (const b of alexNetIds) {
        const aligned = alignLayers(alexNets[a].network, alexNets[b].network);
        const left = aligned.flatMap((pair) => (pair.a ? [pair.a] : []));
        const right = aligned.flatMap((pair) => (pair.b ? [pair.b] : []));
        assert.deepEqual(left, alexNets[a].network.layers, `${a} beside ${b}`);
        assert.deepEqual(right, alexNets[b].network.layers, `${b} beside ${a}`);
        for (const pair of aligned) {
          if (pair.a && pair.b) assert.equal(pair.a.name, pair.b.name);
        }
      }
    }
  });

  it('names what only one of them has', () => {
    const only = rows('keras', 'torchvision').filter((row) => row.includes('-'));
    assert.ok(only.includes('bn1 -'), only.join(', '));
    assert.ok(!only.some((row) => row.startsWith('conv')), only.join(', '));
  });
});
