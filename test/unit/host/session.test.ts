import { strict as assert } from 'node:assert';
import { Documents } from '../../../src/host/documents';
import { alexNets, library } from '../../../src/library/alexNets';
import { CancelledError } from '../../../src/protocol/rpc';
import { Session, type SessionRun } from '../../../src/host/session/session';
import type { TaskQueue } from '../../../src/host/task/taskQueue';
import { randomChoice } from '../../../src/host/weights/weightsChoice';
import { FakeEngine } from '../../support/fakeEngine';
import { memoryFile } from '../../support/memoryFile';
import { remoteError, settle } from '../../support/settle';
import { unseenTasks } from '../../support/unseenTasks';

const picture = memoryFile('a.png');
const weightsFile = memoryFile('own.pth');

describe('a session', () => {
  let engine: FakeEngine;
  let tasks: TaskQueue;
  let session: Session;

  beforeEach(() => {
    engine = new FakeEngine();
    tasks = unseenTasks();
    session = new Session(engine, tasks, new Documents(library), 'keras');
  });
  afterEach(() => session.dispose());

  const classify = (options = {}, signal?: AbortSignal): Promise<SessionRun> =>
    tasks.serve('test', (task) => session.classify(picture, task, options), signal);
  const load = (choice: Parameters<Session['loadWeights']>[0]) =>
    tasks.serve('test', (task) => session.loadWeights(choice, task));

  it('loads weights once, and again after each end of the process', async () => {
    await classify();
    await classify();
    assert.deepEqual(engine.asked, ['loadWeights keras', 'classify 1', 'classify 2']);
    engine.crash();
    await classify();
    assert.deepEqual(engine.asked.slice(3), ['loadWeights keras', 'classify 3']);
  });

  it('sends each document once to each process', async () => {
    const ids = library.map(({ id }) => id);
    await classify();
    session.showDocument('paper');
    await classify();
    assert.deepEqual(engine.opened, ids);
    session.documents.add({ ...alexNets.bvlc, id: 'mine' });
    session.showDocument('mine');
    await classify();
    assert.deepEqual(engine.opened, [...ids, 'mine']);
    engine.crash();
    await classify();
    assert.deepEqual(engine.opened, [...ids, 'mine', ...ids, 'mine']);
  });

  it('runs each picture on the network that is shown when its turn comes', async () => {
    engine.slow.add('classify');
    const first = classify();
    const second = classify();
    await settle();
    session.showDocument('paper');
    engine.answer();
    assert.equal((await first).view.documentId, 'keras');
    await settle();
    engine.answer();
    assert.equal((await second).view.documentId, 'paper');
    assert.deepEqual(engine.asked, [
      'loadWeights keras',
      'classify 1',
      'loadWeights paper',
      'classify 2',
    ]);
  });

  it('passes a cancellation on and goes on with what waits', async () => {
    engine.slow.add('classify');
    const controller = new AbortController();
    const first = classify({}, controller.signal);
    const second = classify();
    await settle();
    controller.abort(new CancelledError());
    await assert.rejects(first, CancelledError);
    await settle();
    engine.answer();
    assert.equal((await second).view.runId, 2);
  });

  it('never asks for a picture that was cancelled while it waited', async () => {
    engine.slow.add('classify');
    const first = classify();
    const controller = new AbortController();
    const second = classify({}, controller.signal);
    await settle();
    controller.abort(new CancelledError());
    engine.answer();
    await first;
    await assert.rejects(second, CancelledError);
    assert.deepEqual(engine.asked, ['loadWeights keras', 'classify 1']);
  });

  it('says that the engine crashed in the middle of a run, and runs the next picture', async () => {
    engine.slow.add('classify');
    const running = classify();
    await settle();
    engine.crash();
    await assert.rejects(running, /the engine was killed \(SIGKILL\)/);
    engine.slow.clear();
    assert.equal((await classify()).view.runId, 2);
  });

  it('shows progress of weights and picture as one, from 0 to 1', async () => {
    engine.slow.add('loadWeights').add('classify');
    const seen: number[] = [];
    const running = tasks.serve('test', (task) => {
      task.onProgress(({ fraction }) => seen.push(fraction));
      return session.classify(picture, task);
    });
    await settle();
    engine.report('loading fc8', 1);
    engine.answer();
    await settle();
    engine.report('running conv1', 0.5);
    engine.answer();
    await running;
    assert.deepEqual(seen, [0, 0.7, 0.85]);
  });

  describe('keeps count of weights', () => {
    it('by one number, which stays for the same values and changes with every load of a file', async () => {
      const random = session.weightsId;
      await load({ kind: 'file', file: weightsFile });
      const first = session.weightsId;
      await load({ kind: 'file', file: weightsFile });
      const second = session.weightsId;
      await load(randomChoice);
      assert.equal(session.weightsId, random);
      assert.equal(new Set([random, first, second]).size, 3);
      assert.equal((await classify()).weightsId, random);
    });

    it('and goes on with the old ones where a file does not fit', async () => {
      await classify();
      engine.failures.set('loadWeights', remoteError('WeightsError', 'conv1 is missing'));
      await assert.rejects(load({ kind: 'file', file: weightsFile }), /own\.pth: conv1 is missing/);
      await classify();
      assert.deepEqual(engine.asked.slice(2), ['loadWeights keras', 'classify 2']);
      assert.equal(session.weights.trained, false);
    });

    it('and loads the old ones again where a load failed otherwise or was cancelled', async () => {
      await classify();
      engine.failures.set('loadWeights', remoteError('EngineError', 'out of memory'));
      await assert.rejects(load({ kind: 'file', file: weightsFile }), /out of memory/);
      engine.failures.clear();
      await classify();
      assert.deepEqual(engine.asked.slice(3), ['loadWeights keras', 'classify 2']);
    });
  });

  describe('with weights of an earlier window', () => {
    it('loads them with the first picture', async () => {
      session.restoreWeights('keras', { kind: 'file', file: weightsFile });
      assert.deepEqual([session.weights.trained, engine.asked], [true, []]);
      const { view } = await classify();
      assert.deepEqual([view.trained, view.weights], [true, 'own.pth']);
    });

    it('gives them up where they cannot be loaded, and says so once', async () => {
      session.restoreWeights('keras', { kind: 'file', file: weightsFile });
      engine.failures.set('loadWeights', remoteError('WeightsError', 'it is text'));
      await assert.rejects(
        classify(),
        /own\.pth: it is text; random weights are used until you choose others/,
      );
      engine.failures.clear();
      assert.equal((await classify()).view.trained, false);
    });

    it('keeps them where the engine crashed or the person cancelled', async () => {
      session.restoreWeights('keras', { kind: 'file', file: weightsFile });
      engine.slow.add('loadWeights');
      const crashed = classify();
      await settle();
      engine.crash();
      await assert.rejects(crashed, /the engine was killed/);
      const controller = new AbortController();
      const cancelled = classify({}, controller.signal);
      await settle();
      controller.abort(new CancelledError());
      await assert.rejects(cancelled, CancelledError);
      engine.slow.clear();
      assert.equal((await classify()).view.trained, true);
    });

    it('goes back to random ones when they are removed', () => {
      session.restoreWeights('keras', { kind: 'file', file: weightsFile });
      session.dropWeights(({ kind }) => kind === 'file');
      assert.equal(session.weights.trained, false);
    });
  });

  describe('knows of its runs', () => {
    it('what the engine says: those it dropped are asked for in vain, those kept are not', async () => {
      for (let i = 0; i < 5; i++) await classify();
      assert.equal(session.runs.holds(1), false);
      await assert.rejects(
        session.runs.activation(1, 'conv1'),
        /run 1 is not kept \(kept: 2, 3, 4, 5\); classify the picture again/,
      );
      engine.runs = new Set([2, 4, 5]);
      await assert.rejects(session.runs.input(3), /run 3 is not kept \(kept: 2, 4, 5\)/);
      await session.runs.activation(2, 'conv1');
    });

    it('that a run for its result only is not held', async () => {
      const { view } = await classify({ passing: true });
      assert.equal(session.runs.holds(view.runId), false);
    });

    it('that all went with the process', async () => {
      await classify();
      engine.crash();
      await assert.rejects(
        session.runs.input(1),
        /run 1 is not kept: the engine was stopped since/,
      );
      await classify();
      await assert.rejects(
        session.runs.input(1),
        /run 1 is not kept: the engine was stopped since/,
      );
      await assert.rejects(session.runs.input(3), /there is no run 3/);
      assert.equal(session.runs.holds(2), true);
    });
  });

  describe('warms up', () => {
    it('by loading and running once, and only once', async () => {
      session.warmUp();
      session.warmUp();
      await settle();
      assert.deepEqual(engine.asked, ['loadWeights keras', 'warmUp']);
    });

    it('and is joined by a picture on the same weights, which warms as well', async () => {
      engine.slow.add('loadWeights');
      session.warmUp();
      await settle();
      const seen: string[] = [];
      const running = tasks.serve('test', (task) => {
        task.onProgress(({ what }) => seen.push(what));
        return session.classify(picture, task);
      });
      engine.report('loading conv1', 0.1);
      engine.answer();
      await running;
      assert.deepEqual(engine.asked, ['loadWeights keras', 'classify 1']);
      assert.deepEqual(seen, ['loading conv1']);
    });

    it('and gives way to a picture on other weights, and to weights', async () => {
      engine.slow.add('loadWeights');
      session.warmUp();
      await settle();
      session.showDocument('paper');
      engine.slow.clear();
      await classify();
      assert.deepEqual(engine.asked, ['loadWeights keras', 'loadWeights paper', 'classify 1']);
      engine.slow.add('warmUp');
      session.warmUp();
      await settle();
      await load({ kind: 'file', file: weightsFile });
      assert.deepEqual(engine.asked.slice(3), ['warmUp', 'loadWeights paper']);
    });

    it('and survives the end of the engine in its middle', async () => {
      engine.slow.add('loadWeights');
      session.warmUp();
      await settle();
      engine.crash();
      engine.slow.clear();
      assert.equal((await classify()).view.runId, 1);
    });
  });
});
