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

  it('are given of a run as it would have been, which leaves the run and its tensors what they were', async () => {
    const { rpc } = engine;
    const { tensors, runs } = await rpc.call('usage', undefined);
    const request = { method: 'gradCam', target, layer: 'conv5' } as const;
    const before = await rpc.call('explain', { runId: 1, ...request });
    const { shares } = await rpc.call('channelShares', { runId: 1, layer: 'conv5', target });
    const strongest = shares.indexOf(Math.max(...shares));
    const changes = { off: { conv5: [strongest] } };
    const changed = await rpc.call('changeRun', { runId: 5, from: 1, changes });
    assert.ok(changed.logits[7]! < changed.logitsBefore[7]!);
    assert.equal(changed.layers[0]!.name, 'conv5');
    const after = await rpc.call('explain', { runId: 5, ...request });
    assert.equal(after.value, changed.logits[7]);
    assert.notDeepEqual(after.map, before.map);
    const { data } = await rpc.call('activation', { runId: 5, layer: 'conv5' });
    assert.ok(data.every((value, at) => at % shares.length !== strongest || value === 0));
    const controller = new AbortController();
    const stopped = rpc.call('changeRun', { runId: 6, from: 1, changes }, controller);
    controller.abort();
    await assert.rejects(stopped, CancelledError);
    const undone = await rpc.call('changeRun', { runId: 7, from: 1, changes: {} });
    assert.deepEqual(undone.logits, changed.logitsBefore);
    assert.deepEqual((await rpc.call('explain', { runId: 7, ...request })).map, before.map);
    await assert.rejects(rpc.call('input', { runId: 5 }), /run 5 is not kept/);
    const usage = await rpc.call('usage', undefined);
    assert.deepEqual([usage.tensors, usage.runs], [tensors, runs + 1]);
  });

  it('are refused where other weights have been loaded since', async () => {
    await engine.classify('torchvision', 2, picture);
    await engine.loadRandom('torchvision', 2);
    await assert.rejects(
      engine.rpc.call('explain', { runId: 2, method: 'gradCam', target }),
      /other weights were loaded since run 2; classify the picture again to explain it/,
    );
    await assert.rejects(
      engine.rpc.call('changeRun', { runId: 8, from: 2, changes: {} }),
      /other weights were loaded since run 2; classify the picture again/,
    );
    await assert.rejects(
      engine.rpc.call('explain', { runId: 9, method: 'gradCam', target }),
      /run 9 is not kept/,
    );
  });
});
