import { strict as assert } from 'node:assert';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startBackend } from '../../src/engine/backends/startBackend';
import { Batches } from '../../src/engine/train/batches';
import { readCheckpoint } from '../../src/engine/train/checkpoint';
import { Draws } from '../../src/engine/train/draws';
import { PictureStore } from '../../src/engine/train/pictureStore';
import { storedAs } from '../../src/engine/train/prepare';
import { TrainableModel } from '../../src/engine/train/trainableModel';
import { validate } from '../../src/engine/train/validation';
import { fileSource } from '../../src/files/bytes/byteSource';
import { besideFile } from '../../src/files/bytes/openBeside';
import { type NetworkWeights, weightKey } from '../../src/files/matching/networkWeights';
import { openWeightsFile } from '../../src/files/weightsFile';
import { keras } from '../../src/library/keras';
import { inputSize } from '../../src/network/inputShape';
import type { Layer } from '../../src/network/layers/layer';
import { defaultStages, seed, type Stage } from '../../src/recipes/defaultStages';
import { labelledFolder } from '../../src/recipes/labelledFolder';
import { trainDefault } from '../../src/recipes/trainDefault';
import type { EpochResult } from '../../src/protocol/training';
import {
  asKerasStage,
  drawClasses,
  type KerasRun,
  type LogLine,
  pythonWithTensorFlow,
  readLog,
  runKeras,
  startKeras,
} from '../support/kerasRecipe';
import { nativeAddon } from '../support/nativeAddon';
import { notRun } from '../support/notRun';
import { ended } from '../support/runScript';
import { waitUntil } from '../support/waiting';

const python = pythonWithTensorFlow();
const wasmDirectory = resolve('dist/wasm');

/** Those of the folder that is drawn. */
const classes = [497, 574, 701];

/** The recipe's own stages, but short, at rates at which rounding stays small, with a decay that would be missed. */
function shortStages(of: readonly number[]): readonly Stage[] {
  const short = {
    convolutions: { epochs: 2, rate: 1e-4, weightDecay: 50 },
    classifier: { epochs: 1, rate: 2e-5, weightDecay: 0 },
  };
  return defaultStages(of).map((stage) => {
    const { plan } = stage;
    const { epochs, rate, weightDecay } = short[stage.name as keyof typeof short];
    const schedule = { ...plan.schedule, rate };
    const optimiser = { ...plan.optimiser, weightDecay };
    return { ...stage, batch: 6, plan: { ...plan, epochs, schedule, optimiser } };
  });
}

if (python === undefined) {
  notRun(
    'the recipe by Keras, in one process and by two workers: no Python with TensorFlow, Keras 3 and Pillow (ALEXNET_PYTHON names one)',
  );
} else {
  describe('the recipe by Keras', () => {
    let folder: string;
    let own: string;
    const runIn = (out: string): KerasRun => {
      const stages = join(folder, 'stages.json');
      return { python, folder: join(folder, 'drawn'), out: join(folder, out), stages };
    };
    const trainHere = async (out: string): Promise<void> => {
      const { signal } = new AbortController();
      const options = { wasmDirectory, signal, stagesOf: shortStages, stepsPerLine: 1 };
      await trainDefault({ ...options, folder: join(folder, 'drawn'), out });
    };

    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'keras-recipe-'));
      drawClasses(join(folder, 'drawn'), 7);
      const stages = shortStages(classes).map(asKerasStage);
      writeFileSync(join(folder, 'stages.json'), JSON.stringify(stages));
      const addonPath = nativeAddon();
      const wanted = { backend: 'auto', addonPath, refused: [], threads: 2 } as const;
      await startBackend(wanted, wasmDirectory, () => undefined);
      own = join(folder, 'own');
      await trainHere(own);
    });
    after(() => rmSync(folder, { recursive: true }));

    it('goes on from its checkpoint after it was killed', async () => {
      const run = runIn('one');
      const [child] = await startKeras(run, 1);
      const end = ended(child!);
      const hasEpoch = (): boolean =>
        existsSync(join(run.out, 'log.jsonl')) && epochsOf(run.out).length > 0;
      await waitUntil('an epoch', () => hasEpoch() || child!.exitCode !== null);
      child!.kill('SIGKILL');
      const { output } = await end;
      assert.ok(hasEpoch(), output);
      await runKeras(run, 1);
      const begins = readLog(run.out).filter(({ what }) => what === 'begin');
      assert.equal(begins[0]?.done, 0);
      assert.ok(begins[1]!.done! >= 1, `${begins[1]!.done} epochs were done`);
    });

    it('runs by two workers of this machine', () => runKeras(runIn('two'), 2));

    for (const [out, title] of [
      ['one', 'in one process'],
      ['two', 'by two workers'],
    ] as const) {
      it(`has our own run's losses ${title}`, () =>
        assertSameLog(readLog(join(folder, out)), readLog(own)));

      it(`saves weights that are as good here ${title}`, async () => {
        const last = epochsOf(join(folder, out)).at(-1)!;
        const loss = await heldOutLoss(join(folder, 'drawn'), join(folder, out));
        assertNear([loss], [last.heldOut!.loss], 1e-3, 'loss of the pictures held out');
      });
    }

    it('keeps its history where our own run looks for it, which has nothing left to do', async () => {
      const { out } = runIn('one');
      const logged = epochsOf(out).map(({ stage, loss, heldOut }) => [stage, loss, heldOut!.loss]);
      const kept = [];
      for (const { name } of shortStages(classes)) {
        const checkpoint = await readCheckpoint(join(out, name, 'checkpoint.safetensors'));
        const { history } = checkpoint!.state as { readonly history: readonly EpochResult[] };
        const rounded = (value: number): number => Number(value.toPrecision(5));
        for (const { loss, heldOut } of history)
          kept.push([name, rounded(loss), rounded(heldOut!.loss)]);
      }
      assert.deepEqual(kept, logged);
      const before = readLog(out).length;
      await trainHere(out);
      assert.deepEqual(
        readLog(out)
          .slice(before)
          .map(({ stage, what, done }) => [stage, what, done]),
        [
          ['convolutions', 'begin', 2],
          ['convolutions', 'end', undefined],
          ['classifier', 'begin', 1],
          ['classifier', 'end', undefined],
        ],
      );
    });
  });
}

/** The lines of whole epochs, each once. */
function epochsOf(out: string): readonly LogLine[] {
  return [...newest(readLog(out)).values()].filter(({ what }) => what === 'epoch');
}

/** By what they tell of: a run that was killed may have taken a step twice. */
function newest(log: readonly LogLine[]): ReadonlyMap<string, LogLine> {
  const telling = log.filter(({ what }) => what === 'step' || what === 'epoch');
  return new Map(
    telling.map((line) => [`${line.stage} ${line.what} ${line.step ?? line.epoch}`, line]),
  );
}

/**
 * How far a loss may be from our own. Each of a few pictures counts much in the statistics of a batch, and what rounding
 * does to the largest of a pool grows from step to step: seen were 5e-5, 1e-3 and 2e-2.
 */
const limits = { firstSteps: 1e-3, firstEpoch: 1e-2, later: 5e-2 } as const;

function assertSameLog(log: readonly LogLine[], expected: readonly LogLine[]): void {
  const [lines, own] = [newest(log), newest(expected)];
  assert.deepEqual([...lines.keys()].sort(), [...own.keys()].sort());
  for (const [name, line] of own) {
    const got = lines.get(name)!;
    const isFirst = line.stage === 'convolutions' && line.epoch === 0;
    const limit = isFirst ? limits.firstSteps : limits.later;
    assert.equal(got.rate, line.rate, name);
    assertNear([got.loss!], [line.loss!], limit, name);
    if (!line.heldOut) continue;
    const ofHeldOut = isFirst ? limits.firstEpoch : limits.later;
    assertNear([got.heldOut!.loss], [line.heldOut.loss], ofHeldOut, `${name}, held out`);
  }
}

function assertNear(
  values: readonly number[],
  expected: readonly number[],
  relative: number,
  what: string,
): void {
  assert.equal(values.length, expected.length, what);
  for (const [at, value] of values.entries()) {
    const off = Math.abs(value - expected[at]!);
    assert.ok(off <= relative * Math.abs(expected[at]!), `${what}: ${value}, not ${expected[at]}`);
  }
}

/** What our engine makes of the pictures held out with the weights that a run saved. */
async function heldOutLoss(pictures: string, out: string): Promise<number> {
  const path = join(out, 'weights.safetensors');
  const source = await fileSource(path);
  const file = await openWeightsFile(source, [keras], besideFile(path));
  const weightsOf = async (layer: Layer): Promise<NetworkWeights> => {
    const names = layer.weights.map(({ name }) => weightKey(layer.name, name));
    const values = await Promise.all(names.map((name) => file.weights.get(name)!.read()));
    return new Map(names.map((name, at) => [name, values[at]!]));
  };
  const model = await TrainableModel.make(keras.network, { weightsOf, learns: () => false });
  await file.close();
  await source.close();
  const { signal } = new AbortController();
  const store = await PictureStore.open({
    folder: join(out, 'here'),
    name: 'pictures',
    pictures: await labelledFolder(pictures, keras.labels.synsets ?? []),
    as: storedAs(keras.preprocess, inputSize(keras.network)),
    preprocess: keras.preprocess,
    wasmDirectory,
    signal,
  });
  try {
    const count = store.pictures.length;
    const indices = [...new Draws(seed, 'held out').order(count)].slice(0, Math.round(count / 10));
    const batches = new Batches({ store, indices, document: keras, size: indices.length });
    return (await validate(model, batches, { classes, smoothing: 0.1 }, signal)).loss;
  } finally {
    model.dispose();
    store.close();
  }
}
