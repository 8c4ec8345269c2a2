import { strict as assert } from 'node:assert';
import { Documents } from '../../../src/host/documents';
import type { ChosenLabels } from '../../../src/host/models/chosenLabels';
import { modelAnswers } from '../../../src/host/models/modelAnswers';
import { OpenedModels } from '../../../src/host/models/openedModels';
import { PreprocessChoices } from '../../../src/host/session/preprocessChoices';
import { Session } from '../../../src/host/session/session';
import { alexNets, library } from '../../../src/library/alexNets';
import { numberedLabels } from '../../../src/network/classLabels';
import type { ClassLabels, ModelDocument } from '../../../src/network/modelDocument';
import type { ReadModelParams } from '../../../src/protocol/modelCalls';
import type { WeightsChoice } from '../../../src/host/weights/weightsChoice';
import { FakeEngine } from '../../support/fakeEngine';
import { memoryFile } from '../../support/memoryFile';
import { remoteError, settle } from '../../support/settle';
import { unseenTasks } from '../../support/unseenTasks';

const file = memoryFile('mine.keras');
const document: ModelDocument = {
  ...alexNets.bvlc,
  id: file.uri,
  title: file.name,
  origin: { kind: 'file', name: file.name, uri: file.uri },
};

describe('models from files', () => {
  let engine: FakeEngine;
  let documents: Documents;
  let models: OpenedModels;
  /** What the workspace keeps, and the stamp of the model's file. */
  let kept: Map<string, unknown>;
  let stamp: string;

  beforeEach(() => {
    engine = new FakeEngine();
    engine.answers.set('readModel', () => ({ document, remarks: [] }));
    kept = new Map();
    stamp = '1 100';
    begin();
  });

  /** The next window of the workspace. */
  const begin = (): void => {
    documents = new Documents(library);
    const memory = {
      get: (key: string) => kept.get(key),
      update: (key: string, value: unknown) =>
        Promise.resolve(void kept.set(key, JSON.parse(JSON.stringify(value)))),
    };
    models = new OpenedModels(
      documents,
      modelAnswers(memory, () => Promise.resolve(stamp)),
    );
  };
  afterEach(() => documents.dispose());

  const open = (signal = new AbortController().signal) => models.open(file, engine, signal);

  it('become documents that begin with their own weights, read by name from the same file', async () => {
    await open();
    assert.equal(documents.get(file.uri), document);
    const begins = (id: string) => models.choiceOf(id)!;
    const session = new Session(engine, unseenTasks(), documents, file.uri, begins);
    assert.equal(session.weights.name, 'own weights');
    assert.equal(session.weights.trained, true);
    const sources: unknown[] = [];
    engine.answers.set('loadWeights', ({ source }: { readonly source: unknown }) => {
      sources.push(source);
      return { documentId: file.uri, trained: true, name: 'own weights', tensors: 16 };
    });
    await unseenTasks().serve('test', (task) => session.classify(memoryFile('a.png'), task));
    const at = { bytes: await file.read() };
    assert.deepEqual(sources, [{ kind: 'model', name: 'own weights', at }]);
    session.dispose();
  });

  it('are sent to the engine again once they are read anew', async () => {
    await open();
    const session = new Session(engine, unseenTasks(), documents, 'keras');
    const classify = () =>
      unseenTasks().serve('test', (task) => session.classify(memoryFile('a.png'), task));
    await classify();
    const sent = engine.opened.length;
    await classify();
    assert.equal(engine.opened.length, sent);
    engine.answers.set('readModel', () => ({ document: { ...document }, remarks: [] }));
    await open();
    await unseenTasks().serve('test', (task) =>
      session.loadWeights({ kind: 'random', seed: 2 }, task),
    );
    assert.deepEqual(engine.opened.slice(sent), [file.uri]);
    session.dispose();
  });

  it('are given their weights again where they are read anew with another network', async () => {
    await open();
    const begins = (): WeightsChoice => ({ kind: 'random', seed: 1 });
    const session = new Session(engine, unseenTasks(), documents, file.uri, begins);
    const loads = async (): Promise<number> => {
      await unseenTasks().serve('test', (task) => session.classify(memoryFile('a.png'), task));
      return engine.asked.filter((asked) => asked.startsWith('loadWeights')).length;
    };
    assert.deepEqual([await loads(), await loads()], [1, 1]);
    await models.chooseLabels(file.uri, { kind: 'numbers' });
    assert.equal(await loads(), 1);
    const other = { ...document, network: alexNets.keras.network };
    engine.answers.set('readModel', () => ({ document: other, remarks: [] }));
    await open();
    assert.equal(await loads(), 2);
    session.dispose();
  });

  it('leave nothing behind where a file cannot be read; the sentence names it', async () => {
    engine.failures.set('readModel', remoteError('WeightsError', 'the file is a JPEG picture'));
    await assert.rejects(open(), { message: 'mine.keras is a JPEG picture' });
    assert.equal(documents.has(file.uri), false);
    assert.equal(models.choiceOf(file.uri), undefined);
  });

  it('leave nothing behind where reading is given up', async () => {
    const given = new AbortController();
    engine.slow.add('readModel');
    const opening = open(given.signal);
    await new Promise(setImmediate);
    given.abort();
    await assert.rejects(opening);
    assert.equal(documents.has(file.uri), false);
  });

  it('are looked at only up to 1024 MB, before anything is read', async () => {
    const large = { ...file, size: () => Promise.resolve(2 ** 30 + 1) };
    const { signal } = new AbortController();
    await assert.rejects(models.open(large, engine, signal), {
      message: 'mine.keras has 1024 MB; models of up to 1024 MB are opened',
    });
    assert.deepEqual(engine.asked, []);
  });

  describe('are called by what a person says', () => {
    const { uri } = file;
    const count = 1000;
    const labels = (): ClassLabels => documents.get(uri).labels;
    const page = () => documents.pages.find(({ id }) => id === uri)!;
    const own = (names: number): ClassLabels => numberedLabels(names);
    const read = (of: ClassLabels): void => {
      engine.answers.set('readModel', () => ({
        document: { ...document, labels: of },
        remarks: [],
      }));
    };
    const listed = (length: number): ChosenLabels => ({
      kind: 'file',
      name: 'mine.txt',
      names: Array.from({ length }, (_, at) => `thing ${at}`),
    });

    it('a list, ImageNet’s names or none, which the page is told with where they came from', async () => {
      read(own(count));
      await open();
      assert.deepEqual(page().labels, {
        from: 'none, class 0 to class 999',
        count,
        offer: 'imageNet',
      });
      await models.chooseLabels(uri, listed(count));
      assert.equal(labels().names[7], 'thing 7');
      assert.deepEqual(page().labels, { from: 'chosen by you: mine.txt', count, offer: 'any' });
      await models.chooseLabels(uri, { kind: 'imageNet' });
      assert.deepEqual(
        [labels().names[1], labels().synsets?.[1], page().labels.from],
        ['goldfish, Carassius auratus', 'n01443537', 'chosen by you: ImageNet-1k'],
      );
      await models.chooseLabels(uri, { kind: 'numbers' });
      assert.equal(labels().names[1], 'class 1');
    });

    it('where a network has one class more than ImageNet, the first is the background', async () => {
      read(own(count + 1));
      await open();
      await models.chooseLabels(uri, { kind: 'imageNet' });
      assert.deepEqual(labels().names.slice(0, 2), ['background', 'tench, Tinca tinca']);
      assert.equal(labels().synsets?.[1], 'n01440764');
    });

    it('unless there are more or fewer, which is said with both numbers', async () => {
      read(own(count));
      await open();
      await assert.rejects(models.chooseLabels(uri, listed(10)), {
        message: 'mine.txt names 10 classes, but the network has 1000: choose a list of 1000',
      });
      read(own(10));
      await open();
      await assert.rejects(models.chooseLabels(uri, { kind: 'imageNet' }), /names 1000.* has 10:/);
      assert.equal(labels().names[3], 'class 3');
    });

    it('in the next window too, until the file is another one or the person goes back', async () => {
      const said: ClassLabels = { names: ['cat', 'dog'], source: 'labels.txt', from: 'beside' };
      read(said);
      await open();
      assert.equal(page().labels.from, 'labels.txt beside it');
      await models.chooseLabels(uri, listed(2));
      begin();
      await open();
      assert.deepEqual(labels().names, ['thing 0', 'thing 1']);
      stamp = '2 101';
      begin();
      await open();
      assert.deepEqual(labels(), said);
      await models.chooseLabels(uri, listed(2));
      await models.chooseLabels(uri, undefined);
      begin();
      await open();
      assert.deepEqual(labels(), said);
    });

    it('and what was kept for fewer classes is left out', async () => {
      read(own(2));
      await open();
      await models.chooseLabels(uri, listed(2));
      read(own(3));
      begin();
      await open();
      assert.equal(labels().names[2], 'class 2');
    });

    it('and each change makes what the page knows of the names old, and the results', async () => {
      await open();
      const before = page().version;
      await models.chooseLabels(uri, { kind: 'numbers' });
      assert.ok(page().version > before);
      await assert.rejects(models.chooseLabels('keras', { kind: 'numbers' }), /not opened from/);
    });
  });

  it('are read with the size that a person chose, in the next window too', async () => {
    const sizes: unknown[] = [];
    engine.answers.set('readModel', ({ size }: ReadModelParams) => {
      sizes.push(size);
      return { document, remarks: [] };
    });
    const resized: string[] = [];
    await open();
    models.onDidResize((id) => resized.push(id));
    await models.resize(file.uri, [64, 96]);
    assert.deepEqual(resized, [file.uri]);
    begin();
    await open();
    assert.deepEqual(sizes, [undefined, [64, 96]]);
  });

  it('are given pictures as a person set it, in the next window too; what no longer fits is left out', async () => {
    const choices = (): PreprocessChoices =>
      new PreprocessChoices({
        documents,
        kept: undefined,
        keep: () => assert.fail('it is kept for the file'),
        warn: () => undefined,
        ofFiles: {
          partsOf: (id) => models.partsOf(id),
          keepParts: (id, parts) => void models.keepParts(id, parts),
        },
      });
    await open();
    choices().set(file.uri, { ...document.preprocess, order: 'RGB' });
    await settle();
    begin();
    await open();
    assert.equal(choices().of(file.uri).settings.order, 'RGB');
    assert.equal(choices().of(file.uri).published.order, 'BGR');
    choices().set(file.uri, null);
    assert.deepEqual(choices().parts(file.uri), {});
    await settle();
    kept.set('alexnet.modelAnswers', {
      [file.uri]: { stamp, preprocess: { fit: { mode: 'warp', size: 5 } } },
    });
    begin();
    await open();
    assert.deepEqual(choices().parts(file.uri), {});
  });

  it('are gone once they are closed', async () => {
    await open();
    models.close(file.uri);
    assert.equal(documents.has(file.uri), false);
    models.close('keras');
    assert.ok(documents.has('keras'));
  });
});
