import * as tf from '@tensorflow/tfjs-core';
import { strict as assert } from 'node:assert';
import { explainValue } from '../../../src/engine/run/explainValue';
import { RunStore, type StoredRun } from '../../../src/engine/run/runStore';
import {
  conv2d,
  dense,
  flatten,
  globalAveragePool2d,
  input,
  lrn,
  maxPool2d,
  model,
} from '../../../src/network/functional';
import type { RunChanges } from '../../../src/protocol/changedRun';
import type { ExplanationRequest } from '../../../src/protocol/explanation';
import { assertNear, TinyExplainer } from '../../support/explainTiny';

const side = 13;
const picture = input([side, side, 3]);
const plain = model(
  picture,
  [
    conv2d(6, 3, { name: 'conv1', padding: 'same', activation: 'relu' }),
    lrn({ name: 'norm1', size: 3, k: 1, alpha: 0.3, beta: 0.75 }),
    maxPool2d(3, { name: 'pool1', strides: 2 }),
    conv2d(8, 3, { name: 'conv2', groups: 2, activation: 'relu' }),
    flatten({ name: 'flatten' }),
    dense(12, { name: 'fc3', activation: 'relu' }),
    dense(5, { name: 'fc4', activation: 'softmax' }),
  ].reduce((x, layer) => layer(x), picture),
);

const target = { class: 2 };
const off: RunChanges = { off: { conv1: [0, 4], conv2: [3, 5], fc3: [7] } };
const whole = { top: 0, left: 0, height: side, width: side };

describe('a changed run', () => {
  let tiny: TinyExplainer;
  let run: StoredRun;

  before(async () => {
    tiny = await TinyExplainer.of(plain);
    run = await tiny.run();
  });
  after(() => tiny.dispose());

  const gradient = async (of: StoredRun): Promise<Float32Array> =>
    (await tiny.explain(of, { method: 'saliency', target })).map.data;

  it('computes only what lies behind the change and shares the rest', async () => {
    const { stored, seen } = await tiny.change(run, { off: { conv2: [3] } });
    assert.deepEqual(
      seen.layers.map(({ name }) => name),
      ['conv2', 'flatten', 'fc3', 'fc4'],
    );
    for (const name of ['conv1', 'norm1', 'pool1'])
      assert.equal(stored.activations.get(name), run.activations.get(name));
    assert.equal(stored.input, run.input);
    assert.equal(seen.picture, undefined);
    const { data } = stored.activations.get('conv2')!;
    const before = run.activations.get('conv2')!.data;
    data.forEach((value, at) => assert.equal(value, at % 8 === 3 ? 0 : before[at]));
  });

  it('has the very same numbers as the run where nothing is changed', async () => {
    const areas = [{ ...whole, top: side }];
    for (const changes of [{}, { off: { conv1: [] } }, { erased: { areas, fill: 'zero' } }]) {
      const { stored, seen } = await tiny.change(run, changes as RunChanges);
      assert.deepEqual(seen.logits, seen.logitsBefore);
      for (const name of run.activations.keys())
        assert.deepEqual(stored.activations.get(name), run.activations.get(name), name);
      assert.deepEqual([...stored.activations.keys()], [...run.activations.keys()]);
    }
  });

  it('has the values of a picture that is erased as the fill is, and shows it', async () => {
    const area = { top: -3, left: 9, height: 8, width: 30 };
    const isIn = (at: number): boolean => {
      const pixel = Math.floor(at / 3);
      return Math.floor(pixel / side) < 5 && pixel % side >= 9;
    };
    const fills = [
      ['zero', 0, 0],
      [{ rgb: [51, 102, 204] }, [0.2, 0.4, 0.8], [51, 102, 204]],
    ] as const;
    for (const [fill, value, colour] of fills) {
      const of = <T>(each: T | readonly T[], at: number): T =>
        Array.isArray(each) ? (each as readonly T[])[at % 3]! : (each as T);
      const expected = run.input.data.map((kept, at) => (isIn(at) ? of(value, at) : kept));
      const { stored, seen } = await tiny.change(run, { erased: { areas: [area], fill } });
      assertNear(stored.input.data, expected);
      const { logits } = await tiny.run(stored.input.data);
      assertNear(seen.logits, logits.get('fc4')!);
      const { rgb, width } = seen.picture!.seen;
      assert.equal(width, side);
      rgb.forEach((each, at) => {
        if (isIn(at)) assert.equal(each, of(colour, at));
      });
    }
  });

  it('takes what is erased from another picture', async () => {
    const other = await tiny.run(tiny.picture(9), 2);
    const erased = { areas: [whole], fill: { runId: 2 } };
    const { seen } = await tiny.change(run, { erased }, [other]);
    assertNear(seen.logits, other.logits.get('fc4')!);
  });

  it('lets no gradient through channels that are off', async () => {
    const { stored } = await tiny.change(run, off);
    const slopes = await gradient(stored);
    // By differences: the network is piecewise smooth, and a step this small crosses no ReLU.
    const step = 1e-3;
    for (const at of [40, 150, 260]) {
      const logit = async (by: number): Promise<number> => {
        const moved = { ...run, input: { ...run.input, data: run.input.data.slice() } };
        moved.input.data[at]! += by;
        const fresh = await tiny.run(moved.input.data);
        return (await tiny.change(fresh, off)).seen.logits[target.class]!;
      };
      const slope = ((await logit(step)) - (await logit(-step))) / (2 * step);
      assert.ok(Math.abs(slope - slopes[at]!) < 2e-2 * Math.max(...slopes.map(Math.abs)));
    }
    for (const method of ['deconvnet', 'guidedBackprop'] as const) {
      const alone = { layer: 'conv2', channel: 3 };
      const { map, value } = await tiny.explain(stored, { method, target: alone });
      assert.equal(value, 0);
      assert.ok(map.data.every((each) => each === 0));
    }
  });

  it('is explained with its channels off by every way that runs it anew', async () => {
    const { stored } = await tiny.change(run, off);
    const settings = { window: side, stride: side };
    const request: ExplanationRequest = { method: 'occlusion', target, settings };
    const { map, value } = await tiny.explain(stored, request);
    const erased = { areas: [whole], fill: 'zero' } as const;
    const { seen } = await tiny.change(run, { ...off, erased });
    assert.ok(Math.abs(map.data[0]! - (value - seen.logits[target.class]!)) < 1e-5);
  });

  it('has shares of its channels that add up to Grad-CAM, and none of those that are off', async () => {
    const { stored } = await tiny.change(run, off);
    for (const of of [run, stored]) {
      for (const layer of ['conv1', 'pool1', 'conv2']) {
        const { map } = await tiny.explain(of, { method: 'gradCam', target, layer });
        const { shares } = await tiny.shares(of, { layer, target });
        const sum = (values: Float32Array): number => values.reduce((a, b) => a + b, 0);
        const size = sum(shares.map(Math.abs));
        assert.ok(size > 0);
        assert.ok(Math.abs(sum(shares) - sum(map.data)) < 1e-5 * size, layer);
      }
    }
    const { shares } = await tiny.shares(stored, { layer: 'conv2', target });
    assert.deepEqual([shares[3], shares[5]], [0, 0]);
  });

  it('says what every unit adds: gradient times value', async () => {
    const { shares, value } = await tiny.shares(run, { layer: 'fc3', target });
    const bias = await tiny.change(run, { off: { fc3: [...shares.keys()] } });
    const sum = shares.reduce((a, b) => a + b, 0);
    assert.ok(Math.abs(sum - (value - bias.seen.logits[target.class]!)) < 1e-4);
  });

  it('is the channel itself where a mean over the cells follows', async () => {
    const means = await TinyExplainer.of(averaged);
    const here = await means.run();
    const { shares } = await means.shares(here, { layer: 'conv1', target });
    for (const channel of [0, 2]) {
      const { seen } = await means.change(here, { off: { conv1: [channel] } });
      const fall = seen.logitsBefore[target.class]! - seen.logits[target.class]!;
      assert.ok(Math.abs(fall - shares[channel]!) < 1e-5);
    }
    means.dispose();
  });

  it('explains no value of a channel that is off', async () => {
    const { stored } = await tiny.change(run, off);
    const of = { runId: 9, row: 0, column: 0 };
    assert.throws(
      () => explainValue(stored, tiny.model, { ...of, layer: 'conv2', channel: 3 }),
      /channel 3 of conv2 is switched off: its values are 0, whatever goes in/,
    );
    const { value } = explainValue(stored, tiny.model, { ...of, layer: 'fc4', channel: 2 });
    assert.equal(value[0], stored.activations.get('fc4')!.data[2]);
  });

  it('leaves no tensor behind', async () => {
    const { numTensors } = tf.memory();
    const erased = { areas: [{ ...whole, width: 4 }], fill: 'zero' } as const;
    const { stored } = await tiny.change(run, { ...off, erased });
    await gradient(stored);
    await tiny.shares(stored, { layer: 'conv1', target });
    assert.equal(tf.memory().numTensors, numTensors);
  });

  const refused: readonly (readonly [changes: unknown, sentence: RegExp])[] = [
    [undefined, /changes must be \{ off/],
    [{ without: 3 }, /changes must be \{ off.*got \{"without":3\}/],
    [{ off: 3 }, /off must be \{ layer: channels \}, got 3/],
    [{ off: { conv9: [1] } }, /conv9/],
    [{ off: { conv2: 3 } }, /channels of conv2 must be a list of numbers, got 3/],
    [{ off: { conv2: [8] } }, /conv2 has no channel 8: its output is 4 × 4 × 8/],
    [{ off: { conv2: ['1'] } }, /conv2 has no channel "1"/],
    [{ off: { input: [1] } }, /input is the picture itself; erase parts of it instead/],
    [{ off: { fc4: [1] } }, /fc4 is the answer itself; switch off channels of a layer before it/],
    [{ erased: {} }, /erased must be \{ areas, fill \}, got \{\}/],
    [
      { erased: { areas: [{ top: 0, left: 0, height: 0, width: 3 }], fill: 'zero' } },
      /an erased area must be \{ top, left, height, width \} in whole pixels, got/,
    ],
    [{ erased: { areas: [], fill: 'black' } }, /fill must be 'zero', .* got "black"/],
    [{ erased: { areas: [whole], fill: { runId: 5 } } }, /run 5 is not kept/],
  ];
  for (const [changes, sentence] of refused) {
    it(`is refused in a sentence: ${JSON.stringify(changes)}`, async () => {
      await assert.rejects(tiny.change(run, changes as RunChanges), sentence);
    });
  }

  it('is made of runs that are none', async () => {
    const { stored } = await tiny.change(run, off);
    await assert.rejects(
      tiny.change(stored, {}),
      /run 9 is a changed one itself; change run 1, which it was made from/,
    );
  });

  it('is kept beside the last runs in place of the one before it', () => {
    const held: number[][] = [];
    const store = new RunStore((runs) => held.push([...runs]));
    for (const runId of [1, 2, 3, 4]) store.add({ ...run, runId });
    const changed = { from: 4, off: new Map() };
    store.add({ ...run, runId: 5, changed });
    store.add({ ...run, runId: 6, changed });
    assert.deepEqual(held.at(-1), [1, 2, 3, 4, 6]);
    store.add({ ...run, runId: 7 });
    assert.deepEqual(held.at(-1), [2, 3, 4, 6, 7]);
  });
});

const averaged = model(
  picture,
  [
    conv2d(6, 3, { name: 'conv1', padding: 'same', activation: 'relu' }),
    globalAveragePool2d({ name: 'means' }),
    dense(5, { name: 'fc3' }),
  ].reduce((x, layer) => layer(x), picture),
);
