import { strict as assert } from 'node:assert';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PanelTraining } from '../../../src/protocol/training';
import { drawnFolder, tinySettings, TrainingWindow } from '../../support/trainingWindow';

const context = {} as never;

describe('a training in a process of its own', () => {
  let root: string;
  let folder: string;
  let windows: TrainingWindow[];
  let count = 0;
  /** A training that came to its end, for all that is asked of one. */
  let whole: Promise<Whole> | undefined;

  before(() => {
    root = mkdtempSync(join(tmpdir(), 'trainer-'));
    folder = drawnFolder(root);
  });
  beforeEach(() => (windows = []));
  afterEach(() => windows.forEach((window) => window.dispose()));
  after(async () => {
    (await whole)?.window.dispose();
    rmSync(root, { recursive: true });
  });

  const open = (...args: Partial<ConstructorParameters<typeof TrainingWindow>>): TrainingWindow => {
    const [storage = join(root, `window ${++count}`), memory] = args;
    const window = new TrainingWindow(storage, memory);
    windows.push(window);
    return window;
  };
  const trained = (): Promise<Whole> => (whole ??= trainWhole());
  async function trainWhole(): Promise<Whole> {
    const window = new TrainingWindow(join(root, 'whole'));
    const { begun } = await window.begin(folder);
    await window.trainer.start(begun, tinySettings);
    return { window, training: window.training, weights: weightsOf(window) };
  }
  const weightsOf = ({ store, training }: TrainingWindow): Buffer =>
    readFileSync(store.weightsPath(training.learned!.documentId));

  it('comes to know all its pictures, and what it learned is a network like any other', async () => {
    const window = new TrainingWindow(join(root, 'whole'));
    const { begun, data } = await window.begin(folder);
    assert.equal(window.training.status, 'asking');
    assert.deepEqual(
      data.classes.map(({ label, pictures }) => [label, pictures]),
      [
        ['across', 20],
        ['down', 20],
        ['disc', 20],
      ].sort(),
    );
    const { handlers } = window.trainer;
    const cost = await handlers.trainingCost({ begun, settings: tinySettings }, context);
    assert.equal(cost.steps, 12 * 8);
    assert.ok(cost.seconds > 0 && cost.memoryBytes > 0 && cost.learnedParameters > 1000);
    const rows = await handlers.augmentedSamples({ begun, settings: tinySettings }, context);
    assert.deepEqual(
      rows.map((row) => row.length),
      [6, 6, 6],
    );
    await window.trainer.start(begun, tinySettings);
    const { training } = window;
    assert.equal(training.status, 'done', training.why);
    whole = Promise.resolve({ window, training, weights: weightsOf(window) });
    const statuses = window.told.map(({ status }) => status);
    assert.deepEqual(
      statuses.filter((status, at) => status !== statuses[at - 1]),
      ['asking', 'preparing', 'running', 'done'],
    );
    assert.equal(training.history.length, 12);
    assert.equal(training.history.at(-1)!.accuracy, 1);
    assert.equal(training.history.at(-1)!.heldOut!.accuracy, 1);
    const curve = await handlers.trainingCurve({ begun }, context);
    assert.deepEqual([curve.length, curve.at(-1)!.step], [96, 96]);
    const filters = await handlers.trainingFilters({ begun }, context);
    assert.deepEqual([filters!.tiles, filters!.picture.width], [4, 6]);
    assert.equal(window.engine.pid, undefined);
    const { documentId } = training.learned!;
    const document = window.documents.get(documentId);
    assert.deepEqual(document.labels.names, ['across', 'disc', 'down']);
    assert.deepEqual(document.network.layers.at(-1)!.outputShape, [3]);
    const again = open(window.storage);
    assert.deepEqual(again.documents.get(documentId), document);
    assert.equal(again.trainer.state.training, undefined);
    const [kept] = again.store.list();
    assert.deepEqual([kept!.learned.pictures, kept!.learned.heldOut], [48, 12]);
  });

  it('ends with the same weights when it is killed at five random points', async () => {
    const { training: expected, weights } = await trained();
    const killed = open();
    const { begun } = await killed.begin(folder);
    const points = Array.from({ length: 5 }, () => 1 + Math.floor(Math.random() * 90));
    let running: Promise<unknown> = killed.trainer.start(begun, tinySettings);
    for (const point of points.sort((a, b) => a - b)) {
      await killed.until(point);
      process.kill(killed.engine.pid!, 'SIGKILL');
      await running;
      assert.equal(killed.training.status, 'paused', points.join(', '));
      assert.match(killed.training.why!, /SIGKILL.*resume/);
      running = killed.trainer.resume();
    }
    await running;
    const { training } = killed;
    assert.equal(training.status, 'done', training.why);
    assert.deepEqual(training.history, expected.history, points.join(', '));
    assert.ok(weightsAlike(weightsOf(killed), weights), `killed at ${points.join(', ')}`);
  });

  it('is there as paused in the next window and goes on, after a pause or a cut', async () => {
    const first = open();
    const { begun } = await first.begin(folder);
    const running = first.trainer.start(begun, tinySettings);
    await first.until(20);
    void first.trainer.handlers.pauseTraining(undefined, context);
    await running;
    assert.equal(first.training.status, 'paused');
    const { step } = first.training;
    assert.ok(step >= 20 && step < 96);
    first.dispose();
    const second = open(first.storage, first.memory);
    assert.equal(second.training.status, 'paused');
    assert.equal(second.training.step, step);
    await second.trainer.close();
    assert.equal(second.training.status, 'paused', 'what is to go on is not forgotten');
    const resumed = second.trainer.resume();
    await second.until(step + 10);
    await second.trainer.handlers.useTrained({ begun }, context);
    await second.until(50);
    second.dispose();
    await resumed;
    const third = open(first.storage, first.memory);
    assert.equal(third.training.status, 'paused');
    await third.trainer.resume();
    assert.equal(third.training.status, 'done', third.training.why);
    await third.trainer.close();
    assert.equal(third.trainer.state.training, undefined);
    assert.ok(!existsSync(join(first.storage, 'training', `${begun}`)));
    assert.equal(open(first.storage, first.memory).trainer.state.training, undefined);
  });

  it('that is stopped keeps what it learned, which can be used and evaluated on what was held out', async () => {
    const window = open();
    const { begun } = await window.begin(folder);
    const running = window.trainer.start(begun, tinySettings);
    await window.until(30);
    void window.trainer.handlers.stopTraining(undefined, context);
    await running;
    assert.equal(window.training.status, 'stopped', window.training.why);
    void window.trainer.handlers.evaluateTrained({ begun }, context);
    await window.waitFor('an evaluation', () => window.evaluated.length > 0);
    assert.equal(window.used[0]!.document.id, window.training.learned!.documentId);
    const [{ pictures, folder: what } = assert.fail()] = window.evaluated;
    assert.equal(what, 'drawn, held out');
    assert.deepEqual([pictures.size, pictures.classes], [12, [0, 1, 2]]);
    assert.match(pictures.name(0), /^across\/0-\d+\.png$/);
  });

  it('that diverges fails with a sentence and keeps its last good epoch', async () => {
    const window = open();
    const schedule = { kind: 'step', rate: 0.01, every: 1, factor: 10 } as const;
    const settings = { ...tinySettings, schedule, epochs: 60 };
    await window.trainer.start((await window.begin(folder)).begun, settings);
    const { training } = window;
    assert.equal(training.status, 'failed');
    assert.match(training.why!, /lower/);
    assert.ok(training.learned!.epochs > 0);
    assert.ok(window.documents.has(training.learned!.documentId));
    const again = await window.trainer.start(training.begun, { ...tinySettings, epochs: 1 });
    assert.equal(again.status, 'done', again.why);
    assert.notEqual(again.begun, training.begun);
  });

  it('goes on from what was learned: the same classes keep their classifier, other layers their weights', async () => {
    const { window, training: first } = await trained();
    const { documentId } = first.learned!;
    const settings = {
      ...tinySettings,
      documentId,
      start: 'loaded',
      epochs: 1,
      learning: { kind: 'classifier' },
      schedule: { kind: 'constant', rate: 1e-6 },
    } as const;
    const next = await window.begin(folder);
    await window.trainer.start(next.begun, settings);
    const { training } = window;
    assert.equal(training.status, 'done', training.why);
    assert.deepEqual([training.history.length, training.history[0]!.heldOut!.accuracy], [1, 1]);
    const document = window.documents.get(training.learned!.documentId);
    assert.equal(document.title, 'Tiny, trained on drawn');
    assert.deepEqual(document.origin, { ...window.documents.get(documentId).origin });
  });

  it('is left out by the next window where its files make no sense', async () => {
    const window = open();
    const { begun } = await window.begin(folder);
    await window.trainer.start(begun, { ...tinySettings, epochs: 1 });
    const { documentId } = window.training.learned!;
    const about = join(window.store.folder, documentId, 'about.json');
    const kept = readFileSync(about, 'utf8');
    for (const [from, to] of [
      ['"across"', '7'],
      [documentId, 'trained-other'],
      ['"base": "tiny"', '"base": "../.."'],
      ['{', ''],
    ] as const) {
      writeFileSync(about, kept.replace(from, to));
      assert.deepEqual(open(window.storage).store.list(), [], from);
    }
    writeFileSync(about, kept);
    writeFileSync(window.store.weightsPath(documentId), 'short');
    assert.deepEqual(open(window.storage).store.list(), []);
  });
});

interface Whole {
  readonly window: TrainingWindow;
  readonly training: PanelTraining;
  readonly weights: Buffer;
}

/** Weights of two trainings, whose ids differ in the files' metadata: from the first value on. */
function weightsAlike(a: Buffer, b: Buffer): boolean {
  const values = (file: Buffer): Buffer => file.subarray(8 + Number(file.readBigUInt64LE()));
  return values(a).equals(values(b));
}
