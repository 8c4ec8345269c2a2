import { strict as assert } from 'node:assert';
import { Documents } from '../../../src/host/documents';
import { library } from '../../../src/library/alexNets';
import type { PanelComparison, RunView } from '../../../src/protocol/panelProtocol';
import type { StripStatus } from '../../../src/protocol/pictureStrip';
import { Comparison } from '../../../src/host/compare/comparison';
import { Pictures } from '../../../src/host/pictures/pictures';
import { PreprocessChoices } from '../../../src/host/session/preprocessChoices';
import { Session } from '../../../src/host/session/session';
import type { Task } from '../../../src/host/task/task';
import type { TaskQueue } from '../../../src/host/task/taskQueue';
import { FakeEngine } from '../../support/fakeEngine';
import { memoryFile } from '../../support/memoryFile';
import { remoteError, settle } from '../../support/settle';
import { unseenTasks } from '../../support/unseenTasks';

const files = ['a.png', 'b.png', 'c.png'].map((name) => memoryFile(name));

describe('the pictures of a session', () => {
  let engine: FakeEngine;
  let tasks: TaskQueue;
  let session: Session;
  let pictures: Pictures;
  let shown: RunView[];
  let untrained: number;

  beforeEach(() => {
    engine = new FakeEngine();
    tasks = unseenTasks();
    session = new Session(engine, tasks, new Documents(library), 'keras');
    shown = [];
    untrained = 0;
    pictures = new Pictures({
      session,
      tasks,
      preprocessing: new PreprocessChoices({
        documents: session.documents,
        kept: undefined,
        keep: () => undefined,
        warn: (why) => assert.fail(why),
      }),
      onShown: (run) => shown.push(run),
      onChanged: () => undefined,
      onUntrained: () => untrained++,
    });
  });
  afterEach(() => session.dispose());

  const names = (): readonly string[] => shown.map(({ name }) => name);
  const statuses = (): readonly StripStatus[] | undefined =>
    pictures.state?.items.map(({ status }) => status);
  const classified = (): number => engine.asked.filter((one) => one.startsWith('classify')).length;

  it('run one after the other, and each is shown', async () => {
    const last = await pictures.classify(files);
    assert.deepEqual(names(), ['a.png', 'b.png', 'c.png']);
    assert.equal(last?.view.name, 'c.png');
    assert.equal(untrained, 1);
  });

  it('go on behind the one that a person steps to', async () => {
    engine.slow.add('classify');
    const running = pictures.classify(files);
    await settle();
    const [, , third] = pictures.state!.items;
    void pictures.handlers.showPicture({ id: third!.id }, {} as never);
    for (let turn = 0; turn < files.length; turn++) {
      engine.answer();
      await settle();
    }
    await running;
    assert.deepEqual(names(), ['c.png']);
    assert.deepEqual(statuses(), ['done', 'done', 'done']);
  });

  it('past one that fails, which says why', async () => {
    engine.failures.set('classify', remoteError('PictureError', 'it is text'));
    await pictures.classify(files);
    assert.deepEqual(statuses(), ['failed', 'failed', 'failed']);
    assert.equal(pictures.state?.items[0]?.why, 'a.png: it is text.');
    engine.failures.clear();
    await pictures.classify([files[1]!]);
    assert.deepEqual(statuses(), ['failed', 'done', 'failed']);
    assert.deepEqual(names(), ['b.png']);
  });

  it('past one at which the engine crashed', async () => {
    engine.slow.add('classify');
    const running = pictures.classify(files);
    await settle();
    engine.crash();
    engine.slow.clear();
    await running;
    assert.deepEqual(statuses(), ['failed', 'done', 'done']);
    assert.match(pictures.state?.items[0]?.why ?? '', /the engine was killed/i);
    assert.deepEqual(names(), ['b.png', 'c.png']);
  });

  it('stop where a person cancels, and can be gone through from there', async () => {
    engine.slow.add('classify');
    const running = pictures.classify(files);
    await settle();
    tasks.cancel();
    await running;
    assert.deepEqual(statuses(), ['waiting', 'waiting', 'waiting']);
    engine.slow.clear();
    void pictures.handlers.classifyWaiting(undefined, {} as never);
    await settle();
    assert.deepEqual(statuses(), ['done', 'done', 'done']);
  });

  it('wait for weights that are on their way', async () => {
    await pictures.classify([files[0]!]);
    engine.slow.add('loadWeights');
    const load = async (task: Task): Promise<void> => {
      await session.loadWeights({ kind: 'random', seed: 2 }, task);
    };
    const loading = tasks.ask('loading weights', load, { isWaitedFor: true });
    const waiting = pictures.classifyAgain();
    await settle();
    assert.equal(classified(), 1);
    engine.answer();
    await Promise.all([loading, waiting]);
    assert.equal(classified(), 2);
  });

  it('are shown again without a run while the engine holds theirs, and run anew when it does not', async () => {
    await pictures.classify(files);
    assert.equal(await pictures.step(-1), 2);
    assert.equal(classified(), 3);
    engine.runs = new Set([3]);
    assert.equal(await pictures.step(-1), 4);
    assert.deepEqual(names().slice(3), ['b.png', 'a.png']);
  });

  it('are compared with a kept run, which says so where the engine dropped it', async () => {
    const comparison = new Comparison({
      runs: session.runs,
      tasks,
      onChange: () => undefined,
    });
    await pictures.classify([files[0]!]);
    await comparison.begin(pictures.run!);
    await pictures.classify([files[1]!]);
    await comparison.follow(pictures.run!);
    const stateNow = (): PanelComparison | undefined => comparison.state;
    assert.equal(stateNow()?.status, 'ready');
    engine.crash();
    await pictures.classify([files[2]!]);
    await comparison.follow(pictures.run!);
    const state = stateNow();
    assert.equal(
      state?.status === 'failed' && state.why,
      'Run 1 is not kept: the engine was stopped since; classify the picture again.',
    );
    await assert.rejects(comparison.begin(shown[0]!), /run 1 is not kept/);
  });

  it('tell nobody of a comparison that ended before its answer came', async () => {
    const states: (string | undefined)[] = [];
    const comparison = new Comparison({
      runs: session.runs,
      tasks,
      onChange: (state) => states.push(state?.status),
    });
    await pictures.classify([files[0]!]);
    await comparison.begin(pictures.run!);
    await pictures.classify([files[1]!]);
    engine.slow.add('compare');
    const following = comparison.follow(pictures.run!);
    await settle();
    await comparison.end();
    engine.answer();
    await following;
    assert.deepEqual(states, ['waiting', undefined]);
  });

  it('are let go but for the one on screen', async () => {
    await pictures.classify(files);
    void pictures.handlers.closePictures(undefined, {} as never);
    assert.equal(pictures.state, undefined);
    assert.equal(pictures.run?.name, 'c.png');
    await assert.rejects(pictures.step(1), /there are no pictures to step through/);
  });
});
