import * as tf from '@tensorflow/tfjs-core';
import { strict as assert } from 'node:assert';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { cpuBackend } from '../../../../src/engine/backends/cpuBackend';
import type { PictureStore } from '../../../../src/engine/train/pictureStore';
import type { Training } from '../../../../src/engine/train/training';
import { drawPictures, openStore, openTraining, tinyPlan } from '../../../support/tinyTraining';

type Weights = Readonly<Record<string, readonly number[]>>;

const never = new AbortController().signal;

describe('a training', () => {
  let folder: string;
  let store: PictureStore;
  let count = 0;
  before(async () => {
    await cpuBackend.start({
      addonPath: undefined,
      threads: 1,
      wasmDirectory: resolve('dist/wasm'),
    });
    folder = mkdtempSync(join(tmpdir(), 'training-'));
    store = await openStore(folder, drawPictures(join(folder, 'drawn'), 6));
  });
  after(() => {
    store.close();
    rmSync(folder, { recursive: true });
  });

  /** A folder of its own for each training's checkpoint. */
  const place = (): string => join(folder, `${++count}`);

  const weightsOf = ({ model }: Training): Weights =>
    Object.fromEntries(
      model.weights.map(({ layer, name, towers }) => [
        `${layer.name}.${name}`,
        [...towers[0]!.dataSync()],
      ]),
    );

  it('comes to know all its pictures', async () => {
    const training = await openTraining(place(), store, { epochs: 12 });
    await training.run(never);
    const last = training.history.at(-1)!;
    assert.equal(last.heldOut?.accuracy, 1);
    assert.ok(last.loss < training.history[0]!.loss);
    training.dispose();
  });

  it('ends with the same weights when it is killed and goes on', async () => {
    const whole = await openTraining(place(), store);
    await whole.run(never);
    const broken = place();
    // Killed before a step, in the middle of an epoch, at its end, and while it is measured.
    for (const killAt of [1, 3, 4, 8, 13]) {
      const stop = new AbortController();
      const training = await openTraining(broken, store);
      const run = training.run(stop.signal, {
        onStep: ({ step }) => {
          if (step >= killAt) stop.abort(new Error('stopped'));
        },
      });
      await assert.rejects(run, /stopped/);
      training.dispose();
    }
    const resumed = await openTraining(broken, store);
    await resumed.run(never);
    assert.deepEqual(resumed.history, whole.history);
    assertSame(weightsOf(resumed), weightsOf(whole));
    whole.dispose();
    resumed.dispose();
  });

  it('goes on from its last checkpoint when it is killed without warning', async () => {
    const whole = await openTraining(place(), store);
    await whole.run(never);
    const at = place();
    const lost = await openTraining(at, store);
    let kept: Buffer | undefined;
    await lost.run(never, {
      onStep: ({ step }) => {
        if (step === 4) lost.saveSoon();
        if (step === 5) kept = readFileSync(join(at, 'checkpoint.safetensors'));
      },
    });
    lost.dispose();
    writeFileSync(join(at, 'checkpoint.safetensors'), kept!);
    const resumed = await openTraining(at, store);
    const steps: number[] = [];
    await resumed.run(never, { onStep: ({ step }) => steps.push(step) });
    assert.equal(steps[0], 5);
    assertSame(weightsOf(resumed), weightsOf(whole));
    whole.dispose();
    resumed.dispose();
  });

  it('holds as many tensors after an epoch as after a step, and none when it is disposed', async () => {
    const before = tf.memory().numTensors;
    const training = await openTraining(place(), store, { epochs: 2 });
    const counts = new Set<number>();
    const count = (): void => void counts.add(tf.memory().numTensors);
    await training.run(never, { onStep: count, onEpoch: count });
    assert.equal(counts.size, 1);
    training.dispose();
    assert.equal(tf.memory().numTensors, before);
  });

  it('leaves layers as they are that do not learn, moving statistics too', async () => {
    const training = await openTraining(place(), store, { epochs: 1 }, (name) => name === 'fc3');
    const before = weightsOf(training);
    await training.run(never);
    const after = weightsOf(training);
    for (const [name, values] of Object.entries(before)) {
      const moved = after[name]!.some((value, index) => value !== values[index]);
      assert.equal(moved, name.startsWith('fc3.'), name);
    }
    training.dispose();
  });

  it('stops where the loss is no number and keeps the last good checkpoint', async () => {
    const at = place();
    const schedule = { kind: 'step', rate: 0.01, every: 1, factor: 1e30 } as const;
    const training = await openTraining(at, store, { schedule });
    await assert.rejects(training.run(never), /lower/);
    training.dispose();
    const kept = await openTraining(at, store, { schedule });
    assert.equal(kept.history.length, 1);
    for (const values of Object.values(weightsOf(kept))) assert.ok(values.every(Number.isFinite));
    kept.dispose();
  });

  it('does not go on with other settings than those it began with', async () => {
    const at = place();
    const training = await openTraining(at, store, { epochs: 1 });
    await training.run(never);
    training.dispose();
    await assert.rejects(openTraining(at, store, { epochs: 2 }), /other settings/);
  });

  it('lists pictures that cannot be decoded and learns from the others', async () => {
    const pictures = drawPictures(join(folder, 'some broken'), 2);
    writeFileSync(pictures[1]!.path, 'no picture');
    const some = await openStore(place(), pictures);
    assert.deepEqual(
      some.broken.map(({ path }) => path),
      [pictures[1]!.path],
    );
    assert.equal(some.pictures.length, pictures.length - 1);
    const training = await openTraining(place(), some, { ...tinyPlan, epochs: 1 });
    await training.run(never);
    training.dispose();
    some.close();
  });
});

/** Says the first weight that differs: a difference of thousands of numbers takes minutes to write. */
function assertSame(actual: Weights, expected: Weights): void {
  for (const [name, values] of Object.entries(expected)) {
    const at = values.findIndex((value, index) => value !== actual[name]![index]);
    assert.equal(at, -1, `${name}[${at}] is ${actual[name]![at]}, not ${values[at]}`);
  }
}
