import { strict as assert } from 'node:assert';
import { Documents } from '../../../src/host/documents';
import { Session } from '../../../src/host/session/session';
import { FileAnswers } from '../../../src/host/weights/fileAnswers';
import { FileNetworks } from '../../../src/host/weights/fileNetworks';
import type { AskAboutFile, FileQuestion } from '../../../src/host/weights/fileQuestion';
import { FileReadings } from '../../../src/host/weights/fileReadings';
import { library } from '../../../src/library/alexNets';
import type { LoadWeightsParams, OpenQuestions } from '../../../src/protocol/engineProtocol';
import type { LearnedWeights } from '../../../src/protocol/training';
import { FakeEngine } from '../../support/fakeEngine';
import { memoryFile } from '../../support/memoryFile';
import { remoteError } from '../../support/settle';
import { unseenTasks } from '../../support/unseenTasks';

const file = memoryFile('own.pth');
const one = (...ids: readonly string[]): OpenQuestions => ({
  sets: [{ key: '', fits: ids.map((documentId) => ({ documentId })) }],
  usual: '',
});
const threeFit = one('bvlc', 'caffenet', 'paper');
const twoSets = (usual?: string): OpenQuestions => ({
  sets: ['model_ema', 'model'].map((key) => ({ key, fits: [{ documentId: 'keras' }] })),
  ...(usual !== undefined && { usual }),
});

describe('what a file of weights leaves open', () => {
  let kept: Map<string, unknown>;
  let stamp: string;
  let engine: FakeEngine;
  let session: Session;
  let asked: FileQuestion[];
  let loads: LoadWeightsParams[];

  beforeEach(() => {
    kept = new Map();
    stamp = '1';
    asked = [];
    loads = [];
    open(threeFit);
  });
  afterEach(() => session.dispose());

  /** A window of the workspace, whose engine finds this in the file. */
  const open = (questions: OpenQuestions): void => {
    engine = new FakeEngine();
    engine.answers.set('examineWeights', () => questions);
    engine.answers.set('loadWeights', (params: LoadWeightsParams) => {
      loads.push(params);
      return { documentId: params.documentId, trained: true, name: 'own.pth', tensors: 16 };
    });
    const memory = {
      get: (key: string) => kept.get(key),
      update: (key: string, value: unknown) =>
        Promise.resolve(void kept.set(key, JSON.parse(JSON.stringify(value)))),
    };
    const networks = new FileNetworks(memory, (id) => library.find((each) => each.id === id));
    const documents = new Documents([...library, ...networks.list()]);
    const answers = new FileAnswers(memory, () => Promise.resolve(stamp));
    const readings = new FileReadings(documents, { answers, networks });
    session = new Session(engine, unseenTasks(), documents, 'keras', undefined, readings);
  };
  const load = (ask?: AskAboutFile) =>
    unseenTasks().serve('test', (task) => session.loadWeights({ kind: 'file', file }, task, ask));
  const answering =
    (answer: string | undefined): AskAboutFile =>
    (question) => {
      asked.push(question);
      return Promise.resolve(answer);
    };

  it('is asked once, of a file that fits several networks; its answer holds in the next window', async () => {
    const info = await load(answering('caffenet'));
    assert.equal(info.documentId, 'caffenet');
    assert.deepEqual(
      asked.map(({ about, file: name, choices }) => [about, name, choices.map(({ id }) => id)]),
      [['network', 'own.pth', ['bvlc', 'caffenet', 'paper']]],
    );
    assert.deepEqual([info.remarks, loads[0]?.chosen], [undefined, { isForDocument: true }]);
    session.dispose();
    open(threeFit);
    const again = await load(answering('paper'));
    assert.deepEqual([again.documentId, asked.length], ['caffenet', 1]);
    assert.deepEqual(again.remarks, [
      'It is read for CaffeNet (Caffe), as you chose for this file.',
    ]);
  });

  it('is asked again of another file of its name, and where the answer was taken back', async () => {
    await load(answering('caffenet'));
    stamp = '2';
    assert.equal((await load(answering('paper'))).documentId, 'paper');
    await session.readings.answers.forget(file.uri);
    assert.equal((await load(answering('bvlc'))).documentId, 'bvlc');
    assert.equal(asked.length, 3);
  });

  it('is BVLC’s where nobody answers or can, and that is not kept', async () => {
    assert.equal((await load()).documentId, 'bvlc');
    assert.equal((await load(answering(undefined))).documentId, 'bvlc');
    assert.deepEqual(loads[0]?.chosen, { isForDocument: false });
    assert.equal(session.readings.answers.has(file.uri), false);
    await load(answering('paper'));
    assert.equal(asked.length, 2);
  });

  it('is which of several sets; one that was chosen is loaded again after the engine’s end', async () => {
    open(twoSets('model'));
    await load(answering('model_ema'));
    assert.deepEqual(
      asked.map(({ about, choices }) => [about, choices.map(({ id }) => id)]),
      [['set', ['model', 'model_ema']]],
    );
    engine.crash();
    await unseenTasks().serve('test', (task) => session.classify(memoryFile('a.png'), task));
    assert.deepEqual(
      loads.map(({ chosen }) => chosen?.set),
      ['model_ema', 'model_ema'],
    );
    assert.deepEqual((await load()).remarks, [
      'It is read from model_ema, as you chose for this file.',
    ]);
  });

  it('is the usual set where nobody answers; a file without one is refused by its keys', async () => {
    open(twoSets('model'));
    await load(answering(undefined));
    assert.equal(loads[0]?.chosen?.set, undefined);
    open(twoSets());
    await assert.rejects(
      load(),
      /own\.pth holds several complete sets of weights, under model_ema, model: load it by a command and choose one/,
    );
  });

  it('is nothing of what was learned here, or lies in the file of the model itself', async () => {
    engine.answers.set('examineWeights', () => assert.fail('it is known what they are'));
    const learned = {} as LearnedWeights;
    for (const known of [{ learned }, { isModel: true }] as const)
      await unseenTasks().serve('test', (task) =>
        session.loadWeights({ kind: 'file', file, ...known }, task, answering('paper')),
      );
    assert.deepEqual([loads.length, asked], [2, []]);
  });

  describe('where it has other classes', () => {
    const labels = { names: ['cat', 'dog', 'newt'], source: 'labels.txt' };
    const ofClasses = (more: object = {}): OpenQuestions => ({
      sets: [{ key: '', fits: [{ documentId: 'torchvision', classes: { count: 3, ...more } }] }],
      usual: '',
    });

    it('brings a network with as many, which is there in the next window', async () => {
      open(ofClasses({ labels }));
      const { documentId } = await load();
      assert.equal(session.documentId, documentId);
      const { title, network, preprocess, labels: own } = session.document;
      assert.equal(title, 'torchvision, 3 classes of own.pth');
      assert.deepEqual(network.layers.at(-1)?.outputShape, [3]);
      assert.equal(preprocess, library.find(({ id }) => id === 'torchvision')?.preprocess);
      assert.deepEqual(own, labels);
      assert.ok(engine.opened.includes(documentId));
      session.dispose();
      open(ofClasses());
      session.showDocument(documentId);
      assert.deepEqual(session.document.labels, labels);
      const { names } = session.documents.get((await load()).documentId).labels;
      assert.deepEqual(names, ['class 0', 'class 1', 'class 2']);
      assert.equal(session.documents.all.length, library.length + 1);
    });

    it('says why what lies beside it does not name them', async () => {
      open(ofClasses({ remark: 'labels.txt beside it names 2 classes.' }));
      assert.deepEqual((await load()).remarks, ['labels.txt beside it names 2 classes.']);
    });

    it('leaves no network behind where it cannot be loaded', async () => {
      open(ofClasses());
      engine.failures.set('loadWeights', remoteError('WeightsError', 'fc8.bias holds NaN'));
      await assert.rejects(load(), /own\.pth: fc8\.bias holds NaN/);
      assert.equal(session.documents.all.length, library.length);
      assert.equal(session.documentId, 'keras');
      assert.deepEqual(session.readings.networks.list(), []);
    });

    it('does not take another file’s classes for its own', async () => {
      open(ofClasses({ labels }));
      const { documentId } = await load();
      const examined: string[] = [];
      engine.answers.set('examineWeights', ({ documentId: wanted }: { documentId: string }) => {
        examined.push(wanted);
        return ofClasses();
      });
      const other = memoryFile('other.pth');
      const choice = { kind: 'file', file: other } as const;
      const info = await unseenTasks().serve('test', (task) => session.loadWeights(choice, task));
      assert.notEqual(info.documentId, documentId);
      assert.deepEqual(examined, ['torchvision']);
    });

    it('may fit several networks with as many, which is asked', async () => {
      const classes = { count: 3 };
      const fits = ['bvlc', 'paper'].map((documentId) => ({ documentId, classes }));
      open({ sets: [{ key: '', fits }], usual: '' });
      const unasked = await load();
      assert.deepEqual(unasked.remarks, [
        'It is read for BVLC AlexNet (Caffe) with 3 classes, and fits The 2012 paper with 3 classes as well.',
      ]);
      await load(answering('paper/3'));
      assert.equal(session.document.title, 'The 2012 paper, 3 classes of own.pth');
    });

    it('is kept as it was, where a former version kept it otherwise', () => {
      kept.set('alexnet.fileNetworks', [{ base: 'gone' }, 3, null]);
      kept.set('alexnet.fileAnswers', { 'memory:/own.pth': { stamp: 1 } });
      open(threeFit);
      assert.deepEqual(session.documents.all, library);
      assert.equal(session.readings.answers.has(file.uri), false);
    });
  });
});
