import * as tf from '@tensorflow/tfjs-core';
import { strict as assert } from 'node:assert';
import { inSquares, flatMap } from '../../../../src/engine/sanity/smallMap';
import { sanityCheck } from '../../../../src/engine/sanity/sanityCheck';
import { randomLayerWeights } from '../../../../src/files/randomWeights';
import {
  batchNormalization,
  conv2d,
  dense,
  flatten,
  input,
  maxPool2d,
  model,
} from '../../../../src/network/functional';
import type {
  SanityCheck,
  SanityParams,
  SanityProgress,
  SanityRow,
} from '../../../../src/protocol/sanityCheck';
import { CancelledError } from '../../../../src/protocol/rpc';
import type { StoredRun } from '../../../../src/engine/run/runStore';
import { TinyExplainer } from '../../../support/explainTiny';
import { formulaWeights } from '../../../support/formulaWeights';

const picture = input([13, 13, 3]);
const network = model(
  picture,
  [
    conv2d(6, 3, { name: 'conv1', padding: 'same', activation: 'relu' }),
    batchNormalization({ name: 'bn1' }),
    maxPool2d(3, { name: 'pool1', strides: 2 }),
    conv2d(8, 3, { name: 'conv2', groups: 2, activation: 'relu' }),
    flatten({ name: 'flatten' }),
    dense(12, { name: 'fc3', activation: 'relu' }),
    dense(5, { name: 'fc4', activation: 'softmax' }),
  ].reduce((x, layer) => layer(x), picture),
);

const target = { class: 2 };
const methods = ['gradCam', 'saliency', 'guidedBackprop', 'occlusion'] as const;
const settings = { occlusion: { window: 4, stride: 3 } };

type Asked = Partial<Parameters<typeof sanityCheck>[3]>;

function check(
  { model: built }: TinyExplainer,
  run: StoredRun,
  params: Omit<SanityParams, 'runId'>,
  asked: Asked = {},
): Promise<SanityCheck> {
  return sanityCheck(run, built, params, {
    signal: new AbortController().signal,
    report: () => undefined,
    runOf: () => assert.fail('no other run is asked for'),
    ...asked,
  });
}

type Answered = Extract<SanityRow, { readonly steps: unknown }>;

function answered({ rows }: SanityCheck): readonly Answered[] {
  return rows.map((row) => ('why' in row ? assert.fail(row.why) : row));
}

describe('randomising layers', () => {
  let tiny: TinyExplainer;
  let run: StoredRun;

  before(async () => {
    tiny = await TinyExplainer.of(network);
    run = await tiny.run();
  });
  after(() => tiny.dispose());

  it('goes from the output down, a batch norm with what it follows', async () => {
    const { stages, rows, seed } = await check(tiny, run, { target });
    assert.deepEqual(stages, [['fc4'], ['fc3'], ['conv2'], ['conv1', 'bn1']]);
    assert.equal(seed, 2);
    assert.deepEqual(
      rows.map(({ method }) => method),
      ['gradCam', 'saliency', 'gradientXInput', 'guidedBackprop', 'deconvnet'],
    );
    assert.ok(rows.every((row) => 'steps' in row && row.steps.length === 4));
  });

  it('begins at the layer of the target, where that is not the last one', async () => {
    const of = { layer: 'conv2', channel: 3 };
    const { stages } = await check(tiny, run, { target: of, methods: ['saliency'] });
    assert.deepEqual(stages, [['conv2'], ['conv1', 'bn1']]);
  });

  it('changes nothing where a network has these random weights already', async () => {
    const weightsOf = (layer: Parameters<typeof randomLayerWeights>[0]) =>
      randomLayerWeights(layer, 5);
    const random = await TinyExplainer.of(network, { weightsOf });
    const own = await random.run();
    for (const { map, steps } of answered(
      await check(random, own, { target, methods, settings, seed: 5 }),
    ))
      for (const step of steps) assert.deepEqual(step, { map, values: 1, magnitudes: 1 });
    random.dispose();
  });

  it('ends with the maps of a network that was loaded with these random weights', async () => {
    const random = await TinyExplainer.of(network, {
      weightsOf: (layer) => randomLayerWeights(layer, 5),
    });
    const own = await random.run();
    const rows = answered(await check(tiny, run, { target, methods, settings, seed: 5 }));
    for (const { method, recipe, steps } of rows) {
      const { map } = await random.explain(own, recipe);
      const flat = flatMap(map);
      const small = method === 'saliency' || method === 'guidedBackprop' ? inSquares(flat) : flat;
      assert.deepEqual(steps.at(-1)!.map, small, method);
    }
    random.dispose();
  });

  it('keeps what was changed of a run: channels that are off stay off', async () => {
    const random = await TinyExplainer.of(network, {
      weightsOf: (layer) => randomLayerWeights(layer, 5),
    });
    const changes = { off: { conv1: [0, 3] } };
    const { stored: own } = await random.change(await random.run(), changes);
    const { stored } = await tiny.change(run, changes);
    const [row] = answered(await check(tiny, stored, { target, methods: ['saliency'], seed: 5 }));
    const { map } = await random.explain(own, { method: 'saliency', target });
    assert.deepEqual(row!.steps.at(-1)!.map, inSquares(flatMap(map)));
    const whole = await random.explain(await random.run(), { method: 'saliency', target });
    assert.notDeepEqual(map, whole.map);
    random.dispose();
  });

  it('has maps in between of networks that are random behind and as they were before', async () => {
    const [, , conv2] = answered(await check(tiny, run, { target, methods: ['saliency'] }))[0]!
      .steps;
    const half = await TinyExplainer.of(network, {
      weightsOf: (layer) =>
        ['conv2', 'fc3', 'fc4'].includes(layer.name)
          ? randomLayerWeights(layer, 2)
          : formulaWeights(layer),
    });
    const { map } = await half.explain(await half.run(), { method: 'saliency', target });
    assert.deepEqual(conv2!.map, inSquares(flatMap(map)));
    half.dispose();
  });

  it('comes out the same each time, and otherwise with another seed', async () => {
    const params = { target, methods: ['saliency'] } as const;
    const first = await check(tiny, run, params);
    assert.deepEqual(await check(tiny, run, params), first);
    const { rows } = await check(tiny, run, { ...params, seed: 1 });
    assert.notDeepEqual(rows, first.rows);
  });

  it('leaves the model and no tensor behind, done, cancelled at any step or failed', async () => {
    const logits = run.logits.get('fc4');
    const { numTensors } = tf.memory();
    const reports = await progressOf({});
    for (let stop = 0; stop < reports.length; stop += 3) {
      const controller = new AbortController();
      const heard: SanityProgress[] = [];
      const report = (progress: SanityProgress): void => {
        heard.push(progress);
        if (heard.length > stop) controller.abort(new CancelledError());
      };
      // The last report comes when all is done.
      if (stop < reports.length - 1)
        await assert.rejects(progressOf({ signal: controller.signal, report }), CancelledError);
      assert.equal(tf.memory().numTensors, numTensors);
    }
    const runOf = (): never => {
      throw new TypeError('broken');
    };
    const broken = { occlusion: { baseline: { runId: 3 } } };
    const failing = check(tiny, run, { target, methods, settings: broken }, { runOf });
    await assert.rejects(failing, /broken/);
    assert.equal(tf.memory().numTensors, numTensors);
    assert.deepEqual((await tiny.run()).logits.get('fc4'), logits);
  });

  const progressOf = async (asked: Asked): Promise<readonly SanityProgress[]> => {
    const heard: SanityProgress[] = [];
    const report = (progress: SanityProgress): void => void heard.push(progress);
    await check(tiny, run, { target, methods, settings }, { report, ...asked });
    return heard;
  };

  it('says how far it is, with all that is known each time a stage is done', async () => {
    const heard = await progressOf({});
    const fractions = heard.map(({ fraction }) => fraction);
    assert.deepEqual(
      fractions,
      fractions.toSorted((a, b) => a - b),
    );
    assert.equal(fractions.at(-1), 1);
    const steps = heard.flatMap(({ check: known }) =>
      known ? [answered(known)[0]!.steps.length] : [],
    );
    assert.deepEqual(steps, [0, 1, 2, 3, 4]);
  });

  it('says why a method cannot be asked, and asks the others', async () => {
    const { rows } = await check(tiny, run, { target, methods: ['lrp', 'saliency'] });
    assert.ok('why' in rows[0]! && /^bn1: relevance has no agreed rule/.test(rows[0].why));
    assert.ok('steps' in rows[1]!);
  });

  const refused: readonly (readonly [what: unknown, sentence: RegExp])[] = [
    [{ target: { class: 9 } }, /there is no class 9/],
    [{ target, methods: ['magic'] }, /no method is called "magic"; there are saliency/],
    [{ target, methods: [] }, /methods must be a list of methods, got \[\]/],
    [{ target, seed: 0.5 }, /seed must be a whole number, got 0.5/],
  ];
  for (const [params, sentence] of refused) {
    it(`is refused in a sentence: ${JSON.stringify(params)}`, async () => {
      await assert.rejects(check(tiny, run, params as SanityParams), sentence);
    });
  }
});
