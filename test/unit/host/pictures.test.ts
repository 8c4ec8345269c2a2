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
    pictures.state.pictures?.items.map(({ status }) => status);
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
    const [, , third] = pictures.state.pictures!.items;
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
    assert.equal(pictures.state.pictures?.items[0]?.why, 'a.png: it is text.');
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
    assert.match(pictures.state.pictures?.items[0]?.why ?? '', /the engine was killed/i);
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
    const stateNow = (): PanelComparison | undefined => comparison.state.comparison;
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
      onChange: ({ comparison: state }) => states.push(state?.status),
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
    assert.equal(pictures.state.pictures, undefined);
    assert.equal(pictures.run?.name, 'c.png');
    await assert.rejects(pictures.step(1), /there are no pictures to step through/);
  });

  const shownName = (): string | undefined => pictures.run?.name;
  const stripNames = (): readonly string[] | undefined =>
    pictures.state.pictures?.items.map(({ name }) => name);
  const click = async (method: 'closePictures' | 'reopenPictures'): Promise<void> => {
    void pictures.handlers[method](undefined, {} as never);
    await settle();
  };

  it('are joined by one more beside the one on screen, even a broken one, and a step leads back', async () => {
    await pictures.classify(files);
    await pictures.step(-1);
    await pictures.classify([memoryFile('d.png')]);
    assert.deepEqual(stripNames(), ['a.png', 'b.png', 'd.png', 'c.png']);
    assert.equal(shownName(), 'd.png');
    engine.failures.set('classify', remoteError('PictureError', 'it is text'));
    await pictures.classify([memoryFile('e.png')]);
    assert.deepEqual(statuses(), ['done', 'done', 'done', 'failed', 'done']);
    assert.equal(shownName(), 'd.png');
    engine.failures.clear();
    await pictures.step(-1);
    assert.equal(shownName(), 'd.png');
  });

  it('are joined by one more while they are under way, and go on behind it', async () => {
    engine.slow.add('classify');
    const running = pictures.classify(files);
    await settle();
    engine.slow.clear();
    await pictures.classify([memoryFile('d.png')]);
    await running;
    assert.deepEqual(statuses(), ['done', 'done', 'done', 'done']);
    assert.equal(shownName(), 'd.png');
  });

  it('are brought back once they were closed, at the one where the person was', async () => {
    await pictures.classify(files);
    await pictures.step(-1);
    await click('closePictures');
    assert.equal(pictures.state.picturesAside, 3);
    await pictures.classify([memoryFile('d.png')]);
    assert.equal(pictures.state.pictures, undefined);
    assert.equal(pictures.state.picturesAside, 3);
    await click('reopenPictures');
    assert.deepEqual(stripNames(), ['a.png', 'b.png', 'c.png']);
    assert.equal(shownName(), 'b.png');
    assert.equal(pictures.state.picturesAside, undefined);
  });

  it('make way for several others, and the two change places', async () => {
    await pictures.classify(files);
    await pictures.classify([memoryFile('d.png'), memoryFile('e.png'), memoryFile('d.png')]);
    assert.deepEqual(stripNames(), ['d.png', 'e.png']);
    await click('reopenPictures');
    assert.equal(stripNames()?.length, 3);
    assert.equal(pictures.state.picturesAside, 2);
    await click('reopenPictures');
    assert.deepEqual(stripNames(), ['d.png', 'e.png']);
  });

  it('stay where a run of another place is shown', async () => {
    await pictures.classify(files);
    await pictures.step(-1);
    const run = await tasks.serve('api', (task) => session.classify(memoryFile('d.png'), task));
    pictures.show(run);
    assert.equal(shownName(), 'd.png');
    assert.equal(pictures.state.pictures?.shown, undefined);
    await pictures.step(1);
    assert.equal(shownName(), 'c.png');
  });
});
