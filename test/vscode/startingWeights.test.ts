import { strict as assert } from 'node:assert';
import { Documents } from '../../src/host/documents';
import { library } from '../../src/library/alexNets';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { EngineClient } from '../../src/host/engine/engineClient';
import { Session, type SessionRun } from '../../src/host/session/session';
import type { TaskQueue } from '../../src/host/task/taskQueue';
import { catalogue } from '../../src/library/catalogue';
import { fileRef } from '../../src/extension/files/fileRef';
import { startWithWeights } from '../../src/extension/weights/startingWeights';
import { WeightsChooser } from '../../src/extension/weights/weightsChooser';
import { WeightsMemory } from '../../src/host/weights/weightsMemory';
import { OfferMemory } from '../../src/host/weights/weightsOffer';
import { WeightsStore } from '../../src/host/weights/weightsStore';
import { randomChoice } from '../../src/host/weights/weightsChoice';
import { engineSettings } from '../support/engineSettings';
import { extensionApi, picture } from '../support/extensionApi';
import type { Screen } from '../support/screen';
import { unseenTasks } from '../support/unseenTasks';
import { watchScreen } from '../support/screen';
import { waitUntil } from '../support/waiting';

/** What VS Code keeps for a workspace, kept in memory. */
function memento(): vscode.Memento {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    get: <T>(key: string, otherwise?: T) => (kept.get(key) ?? otherwise) as T,
    update: (key, value) => {
      // As VS Code does: only what survives JSON.
      kept.set(key, value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
      return Promise.resolve();
    },
  };
}

describe('a new window starts with the weights of the last', () => {
  const [small, other] = catalogue as [(typeof catalogue)[0], (typeof catalogue)[0]];
  let folder: string;
  let screen: Screen;
  let engine: EngineClient;
  let session: Session;
  let tasks: TaskQueue;
  let store: WeightsStore;
  let memory: WeightsMemory;
  let kept: vscode.Memento;
  let isPanelVisible: boolean;

  before(async () => {
    await extensionApi();
    screen = watchScreen();
  });
  after(() => screen.restore());

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alexnet-start-'));
    screen.news.length = 0;
    const { extensionPath } = vscode.extensions.getExtension(
      'alexnet-inspector.alexnet-inspector',
    )!;
    engine = new EngineClient({
      bundle: join(extensionPath, 'dist', 'engine.js'),
      addon: () => ({ why: 'none is wanted' }),
      settings: () => engineSettings,
    });
    tasks = unseenTasks();
    session = new Session(engine, tasks, new Documents(library), 'bvlc');
    store = new WeightsStore(join(folder, 'weights'), join(folder, 'shipped'));
    kept = memento();
    memory = new WeightsMemory(kept);
    isPanelVisible = false;
    await mkdir(store.folder);
  });

  afterEach(async () => {
    session.dispose();
    engine.dispose();
    await rm(folder, { recursive: true });
  });

  const start = (): void => {
    const load = () => Promise.resolve(undefined);
    const chooser = new WeightsChooser({
      session,
      store,
      catalogue: () => catalogue,
      load,
      loadFile: load,
      reclassify: load,
      offers: new OfferMemory(kept),
      isPanelVisible: () => isPanelVisible,
      onDownloads: () => undefined,
    });
    startWithWeights({
      session,
      chooser,
      memory,
      catalogue: () => catalogue,
      load,
      isDocumentChosen: true,
    });
  };

  const classify = (): Promise<SessionRun> =>
    tasks.serve('test', (task) => session.classify(fileRef(picture('small.png')), task));

  const choiceOf = (entry: typeof small) =>
    ({ kind: 'published', entry, path: store.path(entry) }) as const;

  it('random ones where nothing was chosen', () => {
    start();
    assert.equal(session.weights.trained, false);
    assert.deepEqual(screen.news, []);
  });

  it('a set that is downloaded, without a word, and with what is published of it', async () => {
    await writeFile(store.path(small), 'x');
    await memory.keep('bvlc', choiceOf(small));
    start();
    const { trained, name, published } = session.weights;
    assert.deepEqual([trained, name, published?.top1], [true, small.name, small.top1]);
    assert.deepEqual(screen.news, []);
  });

  it('each network its own, and the last choice counts', async () => {
    await writeFile(store.path(small), 'x');
    await memory.keep('bvlc', choiceOf(small));
    await memory.keep('keras', { kind: 'file', file: fileRef(vscode.Uri.file('/w/k.keras')) });
    await memory.keep('bvlc', randomChoice);
    start();
    assert.equal(session.weights.trained, false);
    session.showDocument('keras');
    assert.equal(session.weights.name, 'k.keras');
  });

  it('those of the setting for a network of which nothing is kept, whatever is kept of others', async () => {
    session.dispose();
    const shipped = (id: string) => (id === 'keras' ? choiceOf(small) : randomChoice);
    session = new Session(engine, tasks, new Documents(library), 'bvlc', shipped);
    await memory.keep('bvlc', randomChoice);
    start();
    assert.equal(session.weightsChoiceOf('keras').kind, 'random');
  });

  it('offers a set that is not there any more, and fetches nothing by itself', async () => {
    await memory.keep('bvlc', choiceOf(other));
    start();
    assert.equal(session.weights.trained, false);
    assert.deepEqual(screen.news, [
      `${other.name} was chosen and is not downloaded. Load ${other.name}, 244 MB?`,
    ]);
  });

  it('offers it in no notification beside the panel, nor after Not Now', async () => {
    await memory.keep('bvlc', choiceOf(other));
    isPanelVisible = true;
    start();
    assert.deepEqual(screen.news, []);
    isPanelVisible = false;
    screen.presses = ['Not Now'];
    start();
    await waitUntil('the answer', () => kept.keys().includes('alexnet.declinedWeights'));
    start();
    assert.equal(screen.news.length, 1);
  });

  it('goes on with random ones where a file cannot be loaded any more, and says so once', async () => {
    const gone = fileRef(vscode.Uri.file(join(folder, 'gone.pth')));
    await memory.keep('bvlc', { kind: 'file', file: gone });
    start();
    assert.equal(session.weights.trained, true);
    await engine.start();
    await assert.rejects(
      classify(),
      /gone\.pth is not there any more; random weights are used until you choose others/,
    );
    const run = await classify();
    assert.equal(run.view.trained, false);
  });
});
