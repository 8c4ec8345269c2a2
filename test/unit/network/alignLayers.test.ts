import { strict as assert } from 'node:assert';
import { alignLayers } from '../../../src/network/alignLayers';
import type { VariantId } from '../../../src/library/variant';
import { variantIds } from '../../../src/library/variant';
import { variants } from '../../../src/library/variants';

function rows(a: VariantId, b: VariantId): readonly string[] {
  return alignLayers(variants[a].network, variants[b].network).map(
    (pair) => `${pair.a?.name ?? '-'} ${pair.b?.name ?? '-'}`,
  );
}

describe('layers of two networks side by side', () => {
  for (const id of variantIds) {
    it(`pairs every layer of ${id} with itself`, () => {
      const names = variants[id].network.layers.map(({ name }) => `${name} ${name}`);
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
    for (const a of variantIds) {
      for (const b of variantIds) {
        const aligned = alignLayers(variants[a].network, variants[b].network);
        const left = aligned.flatMap((pair) => (pair.a ? [pair.a] : []));
        const right = aligned.flatMap((pair) => (pair.b ? [pair.b] : []));
        assert.deepEqual(left, variants[a].network.layers, `${a} beside ${b}`);
        assert.deepEqual(right, variants[b].network.layers, `${b} beside ${a}`);
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
