import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import type { ExplanationMap } from '../../../../src/protocol/explanation';
import { CancelledError } from '../../../../src/protocol/rpc';
import type { SanityCheck } from '../../../../src/protocol/sanityCheck';
import { startSlimEngine, type StartedEngine } from '../../../support/startedEngine';

const picture = readFileSync('test/fixtures/imaging/rgb-420.jpg');
const target = { class: 7 };

describe('explanations of the engine', () => {
  let engine: StartedEngine;

  before(async () => {
    engine = await startSlimEngine();
    await engine.loadRandom('torchvision');
    await engine.classify('torchvision', 1, picture);
  });
  after(() => engine.stop());

  it('cross the channel, and the run stays what it was', async () => {
    const before = await engine.rpc.call('activation', { runId: 1, layer: 'conv5' });
    const params = { runId: 1, method: 'gradCam', target, faithfulness: { grid: 4 } } as const;
    const { map, value, faithfulness, recipe } = await engine.rpc.call('explain', params);
    assert.deepEqual(map.shape, [13, 13]);
    assert.ok(map.data instanceof Float32Array);
    assert.ok(Math.abs(faithfulness!.deletion.values[0]! - value) < 1e-4);
    assert.equal(recipe.layer, 'conv5');
    assert.deepEqual(await engine.rpc.call('activation', { runId: 1, layer: 'conv5' }), before);
  });

  it('leave maps behind and no tensors when they are cancelled on the way', async () => {
    const { tensors } = await engine.rpc.call('usage', undefined);
    const controller = new AbortController();
    const maps: ExplanationMap[] = [];
    const running = engine.rpc.call(
      'explain',
      { runId: 1, method: 'occlusion', target },
      {
        signal: controller.signal,
        onProgress: ({ map }) => {
          if (map) maps.push(map);
          if (map) controller.abort();
        },
      },
    );
    await assert.rejects(running, CancelledError);
    assert.equal(maps.length, 1);
    assert.deepEqual(maps[0]!.shape, [13, 13]);
    assert.equal((await engine.rpc.call('usage', undefined)).tensors, tensors);
  });

  it('are put to the test with random layers, and the model stays what it was, cancelled too', async () => {
    const logits = async (): Promise<Float32Array> =>
      (await engine.classify('torchvision', 1, picture)).logits;
    const before = await logits();
    const { tensors } = await engine.rpc.call('usage', undefined);
    const params = { runId: 1, methods: ['gradCam', 'saliency'], target, seed: 1 } as const;
    const controller = new AbortController();
    const known: SanityCheck[] = [];
    const running = engine.rpc.call('sanityCheck', params, {
      signal: controller.signal,
      onProgress: ({ check }) => {
        if (check) known.push(check);
        if (known.length === 4) controller.abort();
      },
    });
    await assert.rejects(running, CancelledError);
    assert.deepEqual(known[0]!.stages.slice(0, 3), [['fc8'], ['fc7'], ['fc6']]);
    const [cam, saliency] = known.at(-1)!.rows;
    assert.ok(cam && 'steps' in cam && cam.steps.length === 3);
    assert.deepEqual(cam.map.shape, [13, 13]);
    assert.ok(saliency && 'steps' in saliency && saliency.map.data instanceof Float32Array);
    assert.deepEqual(saliency.map.shape, [56, 56]);
    // The weights in use were drawn from this very seed, not from the one that is taken unless told.
    assert.deepEqual(
      [...cam.steps, ...saliency.steps].map(({ values }) => values),
      Array(6).fill(1),
    );
    const own = { runId: 1, methods: ['gradCam'], target } as const;
    const { rows } = await engine.rpc.call('sanityCheck', own);
    assert.ok('steps' in rows[0]! && rows[0].steps.length === 8);
    assert.ok(rows[0].steps.every(({ values = 0 }) => values < 1));
    assert.equal((await engine.rpc.call('usage', undefined)).tensors, tensors);
    assert.deepEqual(await logits(), before);
  });

  it('are refused where other weights have been loaded since', async () => {
    await engine.classify('torchvision', 2, picture);
    await engine.loadRandom('torchvision', 2);
    await assert.rejects(
      engine.rpc.call('explain', { runId: 2, method: 'gradCam', target }),
      /other weights were loaded since run 2; classify the picture again to explain it/,
    );
    await assert.rejects(
      engine.rpc.call('explain', { runId: 9, method: 'gradCam', target }),
      /run 9 is not kept/,
    );
  });
});
