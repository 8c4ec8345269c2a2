import assert from 'node:assert/strict';
import { Documents } from '../../../src/host/documents';
import { library } from '../../../src/library/alexNets';
import { PreprocessChoices, type KeptChoices } from '../../../src/host/session/preprocessChoices';
import { PreprocessError } from '../../../src/network/preprocess/checkPreprocess';
import { caffeImageNet, stretchToUnit } from '../../../src/network/preprocess/preprocess';

function choices(kept?: unknown): {
  readonly made: PreprocessChoices;
  readonly kept: KeptChoices[];
  readonly warnings: string[];
} {
  const all: KeptChoices[] = [];
  const warnings: string[] = [];
  const made = new PreprocessChoices({
    documents: new Documents(library),
    kept,
    keep: (parts) => all.push(JSON.parse(JSON.stringify(parts)) as KeptChoices),
    warn: (why) => warnings.push(why),
  });
  return { made, kept: all, warnings };
}

describe('how a person wants pictures to be prepared', () => {
  it('is as published until told', () => {
    const { made } = choices();
    assert.deepEqual(made.of('bvlc'), { settings: caffeImageNet, published: caffeImageNet });
    assert.deepEqual(made.parts('bvlc'), {});
  });

  it('is kept as what differs, variant by variant, and read back', () => {
    const { made, kept } = choices();
    made.set('keras', { ...stretchToUnit, scale: 1 });
    made.set('bvlc', { ...caffeImageNet, order: 'RGB' });
    assert.deepEqual(kept.at(-1), { keras: { scale: 1 }, bvlc: { order: 'RGB' } });
    const { made: again } = choices(kept.at(-1));
    assert.deepEqual(again.of('keras').settings, { ...stretchToUnit, scale: 1 });
    assert.deepEqual(again.of('bvlc').settings, { ...caffeImageNet, order: 'RGB' });
    assert.deepEqual(again.of('paper').settings, caffeImageNet);
  });

  it('goes back to what is published', () => {
    const { made, kept } = choices({ keras: { scale: 1 } });
    made.set('keras', null);
    assert.deepEqual(made.of('keras').settings, stretchToUnit);
    assert.deepEqual(kept.at(-1), { keras: {} });
  });

  it('stays as it is when what is asked for is unsound', () => {
    const { made, kept } = choices({ keras: { scale: 1 } });
    const warp = { mode: 'warp', size: 223 } as const;
    assert.throws(() => made.set('keras', { ...stretchToUnit, fit: warp }), PreprocessError);
    assert.deepEqual(made.parts('keras'), { scale: 1 });
    assert.deepEqual(kept, []);
  });

  for (const odd of [null, 'x', 7, [], { vgg: { scale: 1 } }]) {
    it(`is as published where ${JSON.stringify(odd)} was kept`, () => {
      assert.deepEqual(choices(odd).made.of('keras').settings, stretchToUnit);
    });
  }

  it('leaves out what no longer makes sense, says so, and keeps the rest', () => {
    const { made, warnings } = choices({ keras: { std: [0, 0, 0] }, bvlc: { scale: 2 } });
    assert.deepEqual(made.parts('keras'), {});
    assert.deepEqual(made.parts('bvlc'), { scale: 2 });
    assert.match(warnings.join(), /^the preprocessing kept for keras is left out: .*free of zeros/);
  });
});
