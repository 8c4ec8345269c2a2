import { strict as assert } from 'node:assert';
import { Documents } from '../../../src/host/documents';
import { explain as explainRun, sanityCheck } from '../../../src/host/explain/explanations';
import { Session } from '../../../src/host/session/session';
import type { TaskQueue } from '../../../src/host/task/taskQueue';
import { library } from '../../../src/library/alexNets';
import type { ExplanationProgress } from '../../../src/protocol/explanation';
import { CancelledError } from '../../../src/protocol/rpc';
import type { SanityProgress } from '../../../src/protocol/sanityCheck';
import { FakeEngine } from '../../support/fakeEngine';
import { memoryFile } from '../../support/memoryFile';
import { settle } from '../../support/settle';
import { unseenTasks } from '../../support/unseenTasks';

const picture = memoryFile('a.png');
const params = { runId: 1, method: 'gradCam', target: { class: 0 } } as const;
const map = { shape: [1, 1], data: Float32Array.of(1) };
const explanation = { map, value: 2, milliseconds: 1 };

describe('a session explains a run', () => {
  let engine: FakeEngine;
  let tasks: TaskQueue;
  let session: Session;

  beforeEach(() => {
    engine = new FakeEngine();
    engine.answers.set('explain', () => explanation);
    tasks = unseenTasks();
    session = new Session(engine, tasks, new Documents(library), 'keras');
  });
  afterEach(() => session.dispose());

  const classify = () => tasks.serve('test', (task) => session.classify(picture, task));
  const explain = (onProgress?: (progress: ExplanationProgress) => void, signal?: AbortSignal) =>
    tasks.serve('test', (task) => explainRun(session, params, task, onProgress), signal);

  it('with the weights of the document that it ran through', async () => {
    await classify();
    session.showDocument('paper');
    await classify();
    assert.equal(await explain(), explanation);
    const last = engine.asked.slice(-3);
    assert.deepEqual(last, ['classify 2', 'loadWeights keras', 'explain 1']);
  });

  it('and hears maps on the way, until it is cancelled', async () => {
    await classify();
    engine.slow.add('explain');
    const heard: ExplanationProgress[] = [];
    const controller = new AbortController();
    const running = explain((progress) => heard.push(progress), controller.signal);
    await settle();
    engine.report('window 16 of 169', 0.1);
    assert.deepEqual(heard, [{ what: 'window 16 of 169', fraction: 0.1 }]);
    controller.abort(new CancelledError());
    await assert.rejects(running, CancelledError);
  });

  it('and puts methods to the test, hearing what is known at each stage', async () => {
    await classify();
    const check = { seed: 1, stages: [['fc8']], rows: [] };
    engine.answers.set('sanityCheck', () => check);
    engine.slow.add('sanityCheck');
    const heard: SanityProgress[] = [];
    const asked = { runId: 1, target: { class: 0 } };
    const running = tasks.serve('test', (task) =>
      sanityCheck(session, asked, task, (progress) => heard.push(progress)),
    );
    await settle();
    engine.report('fc8 random', 0.5);
    engine.answer();
    assert.equal(await running, check);
    assert.deepEqual(heard, [{ what: 'fc8 random', fraction: 0.5 }]);
  });

  it('but not one that went with the process', async () => {
    await classify();
    engine.crash();
    await assert.rejects(explain(), /run 1 is not kept: the engine was stopped since/);
  });
});
