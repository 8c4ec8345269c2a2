import { strict as assert } from 'node:assert';
import { Documents } from '../../../src/host/documents';
import { inBrief, panelTitle } from '../../../src/host/sidebar/inBrief';
import { Milestones } from '../../../src/host/sidebar/milestones';
import { networkRows } from '../../../src/host/sidebar/networkRows';
import {
  maxRecent,
  RecentPictures,
  type RecentPicture,
} from '../../../src/host/sidebar/recentPictures';
import { recentRow } from '../../../src/host/sidebar/recentRows';
import { weightsGroups, type StoredSet } from '../../../src/host/sidebar/weightsRows';
import { Session, type PictureOutcome } from '../../../src/host/session/session';
import { expectedWeights, randomChoice } from '../../../src/host/weights/weightsChoice';
import { alexNets, library } from '../../../src/library/alexNets';
import { catalogue } from '../../../src/library/catalogue';
import type { EngineState, RunView } from '../../../src/protocol/panelProtocol';
import { FakeEngine } from '../../support/fakeEngine';
import { memoryFile } from '../../support/memoryFile';
import { remoteError } from '../../support/settle';
import { unseenTasks } from '../../support/unseenTasks';

const seen = {
  predictions: [{ label: 'tabby', probability: 0.914 }],
  trained: true,
  network: 'BVLC AlexNet (Caffe)',
  weights: 'BVLC AlexNet, Caffe',
} as unknown as RunView;

const outcome = (name: string): PictureOutcome => ({ file: memoryFile(name), view: seen });
const small = catalogue[0]!;
const own = (name: string) => ({ kind: 'file', file: memoryFile(name) }) as const;
const deep = expectedWeights(alexNets.bvlc, { kind: 'published', entry: small, path: '' });

describe('the list of networks', () => {
  it('has every document, with its size, and marks the one that is shown', () => {
    const rows = networkRows(library, 'bvlc');
    assert.deepEqual(
      rows.map(({ id, isShown }) => [id, isShown]),
      library.map(({ id }) => [id, id === 'bvlc']),
    );
    assert.equal(rows[0]?.description, '62.4M parameters');
    assert.match(rows[0].tooltip, /Input 224 × 224 × 3, 62,380,776 parameters$/);
  });
});

describe('the list of weights', () => {
  const groups = (sets: readonly StoredSet[]) =>
    weightsGroups({
      documents: library,
      shown: 'keras',
      weightsOf: (id) => (id === 'bvlc' ? deep : expectedWeights(alexNets.keras, randomChoice)),
      sets,
    });
  const stored = (bytes: number, isDownloaded: boolean): readonly StoredSet[] => [
    { entry: small, bytes, isDownloaded },
    { entry: catalogue[1]!, bytes: 0, isDownloaded: false },
  ];

  it('says of each network what is in use, what takes space and what could be downloaded', () => {
    const [keras, , bvlc] = groups(stored(9_037_369, true));
    assert.equal(keras?.description, 'shown · none published');
    assert.deepEqual(
      keras.rows.map(({ label, description }) => [label, description]),
      [['Random weights', 'in use · untrained']],
    );
    assert.equal(bvlc?.description, '1 of 2 downloaded');
    assert.deepEqual(
      bvlc.rows.map(({ label, description }) => [label, description]),
      [
        ['Random weights', 'untrained'],
        ['Deep Compression', 'in use · 9.0 MB on disk'],
        ['Caffe', '243.9 MB, not downloaded'],
      ],
    );
  });

  it('tells an unfinished download from a whole one', () => {
    const [, , bvlc] = groups(stored(4_100_000, false));
    assert.equal(bvlc?.description, '2 published');
    assert.equal(bvlc.rows[1]?.description, 'in use · 4.1 MB here of about 9.0 MB');
  });

  it('has the person’s own weights while they are in use', () => {
    const mine = expectedWeights(alexNets.keras, own('mine.keras'));
    const options = { documents: [alexNets.keras], shown: 'keras', sets: [] };
    const [group] = weightsGroups({ ...options, weightsOf: () => mine });
    assert.deepEqual(
      group?.rows.map(({ label, isInUse }) => [label, isInUse]),
      [
        ['Random weights', false],
        ['mine.keras', true],
      ],
    );
  });
});

describe('recent pictures', () => {
  let kept: readonly RecentPicture[];
  const recentOf = (before?: unknown) =>
    new RecentPictures({
      kept: before,
      keep: (pictures) => (kept = pictures),
      lasts: (uri) => !uri.includes('pasted'),
    });
  const names = ({ all }: RecentPictures) => all.map(({ label }) => label);

  it('are the last ones, the newest first, each once; a next window goes on with them', () => {
    const recent = recentOf();
    for (const name of ['a.png', 'b.png', 'a.png']) recent.note(outcome(name));
    assert.deepEqual(names(recent), ['a.png', 'b.png']);
    for (let i = 0; i < maxRecent; i++) recent.note(outcome(`${i}.png`));
    assert.equal(recent.all.length, maxRecent);
    assert.equal(recent.all.at(-1)?.label, '0.png');
    assert.deepEqual(recentOf(JSON.parse(JSON.stringify(kept))).all, recent.all);
  });

  it('leave out what cannot be found again, and what a former version kept otherwise', () => {
    const recent = recentOf([{ uri: 'file:///x.png' }, 'x', null]);
    recent.note(outcome('pasted picture 1'));
    assert.deepEqual(recent.all, []);
  });

  it('are forgotten one by one or all at once', () => {
    const recent = recentOf();
    let changes = 0;
    recent.onDidChange(() => changes++);
    for (const name of ['a.png', 'b.png', 'c.png']) recent.note(outcome(name));
    recent.forget(memoryFile('b.png').uri);
    assert.deepEqual(names(recent), ['c.png', 'a.png']);
    recent.clear();
    assert.deepEqual([recent.all.length, kept.length, changes], [0, 0, 5]);
  });

  it('say what each was taken for, or that it is broken or gone', () => {
    const recent = recentOf();
    const row = (isThere = true) => recentRow(recent.all[0]!, isThere);
    recent.note(outcome('pets/cat.png'));
    assert.equal(row().name, 'cat.png');
    assert.equal(row().description, 'tabby, 91.4 %');
    assert.match(row().tooltip, /^pets\/cat\.png\ntabby, 91\.4 %\nBVLC AlexNet \(Caffe\), /);
    assert.deepEqual(
      [row(false).description, row(false).isBroken],
      ['is not there any more', true],
    );
    recent.note({ file: memoryFile('cat.png'), view: { ...seen, trained: false } });
    assert.equal(row().description, 'no label: untrained weights');
    recent.note({ file: memoryFile('cat.png'), why: 'cat.png: the PNG ends too early.' });
    assert.deepEqual([row().description, row().isBroken], ['The PNG ends too early.', true]);
  });

  it('keep what became of a picture that is renamed', () => {
    const recent = recentOf();
    recent.note({ file: memoryFile('a.png'), why: 'a.png is broken.' });
    recent.note({ file: memoryFile('b.png'), why: 'b.png is broken.' });
    let changes = 0;
    recent.onDidChange(() => changes++);
    const moved = memoryFile('c.png');
    recent.rename((uri) => (uri === memoryFile('a.png').uri ? moved : undefined));
    assert.deepEqual(
      recent.all.map(({ uri, label }) => [uri, label]),
      [
        [memoryFile('b.png').uri, 'b.png'],
        [moved.uri, 'c.png'],
      ],
    );
    recent.rename(() => undefined);
    assert.equal(changes, 1);
  });

  it('come from every picture that the session ran, or that showed to be broken', async () => {
    const engine = new FakeEngine();
    const tasks = unseenTasks();
    const session = new Session(engine, tasks, new Documents(library), 'keras');
    const recent = recentOf();
    session.onDidClassify((each) => recent.note(each));
    const classify = (name: string) =>
      tasks.serve('test', (task) => session.classify(memoryFile(name), task)).catch(() => 'failed');
    await classify('good.png');
    engine.failures.set('classify', remoteError('PictureError', 'the PNG ends too early'));
    assert.equal(await classify('bad.png'), 'failed');
    engine.failures.set('classify', new Error('the engine was killed'));
    assert.equal(await classify('unlucky.png'), 'failed');
    assert.deepEqual(
      recent.all.map(({ label, outcome: { kind } }) => [label, kind]),
      [
        ['bad.png', 'failure'],
        ['good.png', 'label'],
      ],
    );
    session.dispose();
  });
});

describe('network, weights and engine in brief', () => {
  const stopped: EngineState = { status: 'stopped' };

  it('fit into a status bar', () => {
    const random = expectedWeights(alexNets.keras, randomChoice);
    const brief = (title: string, weights = random) => inBrief({ title, weights, engine: stopped });
    assert.equal(brief('Keras functional').text, 'Keras functional · random');
    assert.match(brief('Keras functional').weights, /labels mean nothing/);
    const { text, weights } = brief(alexNets.bvlc.title, deep);
    assert.equal(text, 'BVLC AlexNet · Deep Compression');
    assert.equal(weights, 'BVLC AlexNet, Deep Compression');
    const long = expectedWeights(alexNets.keras, own('a-very-long-name-of-a-file.safetensors'));
    assert.equal(brief('x', long).text, 'x · a-very-long-name-of-a-f…');
  });

  it('say of the engine what it runs on, or why it failed', () => {
    const weights = deep;
    const words = (engine: EngineState) => inBrief({ title: 'x', weights, engine }).engine;
    const info = { backend: 'wasm', threads: 1, version: '4', refused: [] } as const;
    assert.equal(words({ status: 'ready', info }), 'wasm, 1 thread');
    assert.equal(words({ status: 'failed', why: 'no memory' }), 'failed: no memory');
    assert.equal(words(stopped), 'starts when needed');
  });
});

describe('the title of the panel’s tab', () => {
  it('is the picture, else the network', () => {
    assert.equal(panelTitle('torchvision', { name: 'pets/cat.jpg' }), 'cat.jpg — AlexNet');
    assert.equal(panelTitle('torchvision', undefined), 'torchvision — AlexNet');
    assert.equal(panelTitle('BVLC AlexNet (Caffe)', undefined), 'BVLC AlexNet (Caffe)');
  });
});

describe('the steps of the walkthrough', () => {
  it('are told when they are taken, and again when the walkthrough opens', async () => {
    const engine = new FakeEngine();
    const tasks = unseenTasks();
    const session = new Session(engine, tasks, new Documents(library), 'keras');
    const told: string[] = [];
    const milestones = new Milestones(session, (step) => told.push(step));
    milestones.tellAgain();
    assert.deepEqual(told, []);
    const classify = () =>
      tasks.serve('test', (task) => session.classify(memoryFile('a.png'), task));
    const { view } = await classify();
    assert.deepEqual(told, ['picture']);
    await session.runs.explainValue({
      runId: view.runId,
      layer: 'conv1',
      channel: 0,
      row: 0,
      column: 0,
    });
    await tasks.serve('test', (task) => session.loadWeights(own('mine.pth'), task));
    assert.deepEqual(new Set(told), new Set(['picture', 'number', 'weights']));
    told.length = 0;
    milestones.tellAgain();
    assert.deepEqual(new Set(told), new Set(['picture', 'number', 'weights']));
    milestones.dispose();
    told.length = 0;
    await classify();
    assert.deepEqual(told, []);
    session.dispose();
  });
});
