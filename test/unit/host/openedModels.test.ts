import { strict as assert } from 'node:assert';
import { Documents } from '../../../src/host/documents';
import { OpenedModels } from '../../../src/host/models/openedModels';
import { Session } from '../../../src/host/session/session';
import { alexNets, library } from '../../../src/library/alexNets';
import type { ModelDocument } from '../../../src/network/modelDocument';
import { FakeEngine } from '../../support/fakeEngine';
import { memoryFile } from '../../support/memoryFile';
import { remoteError } from '../../support/settle';
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

  beforeEach(() => {
    engine = new FakeEngine();
    engine.answers.set('readModel', () => ({ document, remarks: [] }));
    documents = new Documents(library);
    models = new OpenedModels(documents);
  });
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

  it('are gone once they are closed', async () => {
    await open();
    models.close(file.uri);
    assert.equal(documents.has(file.uri), false);
    models.close('keras');
    assert.ok(documents.has('keras'));
  });
});
