import { strict as assert } from 'node:assert';
import type { Work } from '../../../src/protocol/panelProtocol';
import { CancelledError } from '../../../src/protocol/rpc';
import type { Task } from '../../../src/host/task/task';
import { partOf } from '../../../src/host/task/task';
import { TaskQueue } from '../../../src/host/task/taskQueue';
import { gate } from '../../support/gate';
import { waitUntil } from '../../support/waiting';

/** A queue, and what a person sees of it. */
function setUp(visible = true) {
  const shown: (Work | undefined)[] = [];
  const errors: string[] = [];
  const places: string[] = [];
  const tasks = new TaskQueue({
    visible,
    update: (change) => {
      if ('work' in change) shown.push(change.work);
    },
    showError: (sentence) => errors.push(sentence),
    showProgress: (task, place) => places.push(`${task.title} in ${place}`),
  });
  return { tasks, shown, errors, places };
}

/** Work that ends when its task is cancelled, and not before. */
const endless = (task: Task): Promise<void> =>
  new Promise((_, reject) =>
    task.signal.addEventListener('abort', () => reject(task.signal.reason as Error)),
  );

describe('the queue of tasks', () => {
  it('shows what a person asked for from its first moment to its end', async () => {
    const { tasks, shown, places } = setUp();
    const half = (task: Task): Promise<void> => {
      task.report({ what: 'half', fraction: 0.5 });
      return Promise.resolve();
    };
    await tasks.ask('saving', half, { place: 'notification' });
    assert.deepEqual(shown, [
      { what: 'saving', fraction: undefined, cancellable: true },
      { what: 'half', fraction: 0.5, cancellable: true },
      undefined,
    ]);
    assert.deepEqual(places, ['saving in notification']);
  });

  it('shows the first of many steps at once, and the last, and few between', async () => {
    const { tasks, shown } = setUp();
    await tasks.ask('loading', async (task) => {
      for (let step = 0; step <= 1000; step++)
        task.report({ what: `step ${step}`, fraction: step / 1000 });
      await waitUntil('the last step', () => shown.at(-1)?.fraction === 1);
    });
    const steps = shown.map((work) => work?.what);
    assert.deepEqual(steps, ['loading', 'step 0', 'step 1000', undefined]);
  });

  it('ends what was asked before, without a word', async () => {
    const { tasks, errors, shown } = setUp(false);
    const first = tasks.ask('first', endless);
    const second = tasks.ask('second', () => Promise.resolve());
    await Promise.all([first, second]);
    assert.deepEqual(errors, []);
    assert.equal(shown.at(-1), undefined);
    assert.deepEqual(
      shown.map((work) => work?.what),
      ['first', 'second', undefined],
    );
  });

  it('ends a long read where a person asks for something, and one whose asker does not want it', async () => {
    const { tasks, errors } = setUp();
    const long = tasks.read('explaining', endless, { givesWay: true });
    const short = tasks.read('reading weights', () => Promise.resolve(1));
    const controller = new AbortController();
    const unwanted = tasks.read('explaining', endless, { signal: controller.signal });
    controller.abort(new CancelledError());
    await assert.rejects(unwanted, CancelledError);
    const asked = tasks.ask('classifying', () => Promise.resolve());
    await assert.rejects(long, CancelledError);
    await asked;
    assert.equal(await short, 1);
    assert.deepEqual(errors, []);
  });

  it('says once what went wrong: in the panel where it is seen, else in a message', async () => {
    const broken = () => Promise.reject(new Error('it broke'));
    const seen = setUp();
    await seen.tasks.ask('work', broken);
    assert.equal(seen.tasks.state.problem, 'It broke.');
    await seen.tasks.ask('work', () => Promise.resolve());
    assert.equal(seen.tasks.state.problem, undefined);
    const unseen = setUp(false);
    await unseen.tasks.attempt(broken);
    assert.deepEqual([unseen.errors, unseen.tasks.state.problem], [['It broke.'], undefined]);
  });

  it('shows what the page reads only where nothing was asked for, and cancels that which is shown', async () => {
    const { tasks } = setUp();
    const shown = (): string | undefined => tasks.state.work?.what;
    const reading = tasks.read('reading', (task) => {
      assert.equal(shown(), undefined);
      task.report({ what: 'reading fc6', fraction: 0.1 });
      return endless(task);
    });
    assert.equal(shown(), 'reading fc6');
    const asking = tasks.ask('asked', endless);
    assert.equal(shown(), 'asked');
    tasks.cancel();
    await asking;
    assert.equal(shown(), 'reading fc6');
    tasks.cancel();
    await assert.rejects(reading, CancelledError);
    assert.equal(shown(), undefined);
  });

  it('gives turns one after the other in the order asked, and none to a task that was cancelled', async () => {
    const { tasks } = setUp();
    const order: string[] = [];
    const first = gate();
    const working = tasks.serve('a', (task) =>
      task.turn(async () => {
        order.push('a');
        await first.open;
      }),
    );
    const cancelled = tasks.ask('b', (task) =>
      task.turn(() => Promise.resolve(void order.push('b'))),
    );
    const last = tasks.read('c', (task) => task.turn(() => Promise.resolve(void order.push('c'))));
    tasks.cancel();
    first.pass();
    await Promise.all([working, cancelled, last]);
    assert.deepEqual(order, ['a', 'c']);
  });

  it('goes on after a turn that failed', async () => {
    const { tasks } = setUp();
    const broken = tasks.serve('a', (task) => task.turn(() => Promise.reject(new Error('broken'))));
    const next = tasks.serve('b', (task) => task.turn(() => Promise.resolve(2)));
    await assert.rejects(broken, /broken/);
    assert.equal(await next, 2);
  });

  it('has pictures wait for what must not be ended by them, and for nothing else', async () => {
    const { tasks } = setUp();
    const loaded = gate();
    let isReady = false;
    const loading = tasks.ask('loading', () => loaded.open, { isWaitedFor: true });
    const waiting = tasks.ready().then(() => (isReady = true));
    await Promise.resolve();
    assert.equal(isReady, false);
    loaded.pass();
    await Promise.all([loading, waiting]);
    const other = tasks.ask('classifying', endless);
    await tasks.ready();
    tasks.cancel();
    await other;
  });

  it('ends all but what scripts wait for when it is disposed', async () => {
    const { tasks } = setUp();
    const served = tasks.serve('script', (task) => Promise.resolve(task.signal));
    const reading = tasks.read('reading', endless);
    const asking = tasks.ask('asked', endless);
    tasks.dispose();
    await assert.rejects(reading, CancelledError);
    await asking;
    assert.equal((await served).aborted, false);
  });
});

describe('idle work', () => {
  const need = (network: string, heard: string[]) => ({
    network,
    report: ({ what }: { what: string }) => void heard.push(what),
  });

  it('is joined by a turn that needs the same weights, which hears how far they are', async () => {
    const { tasks } = setUp();
    const loaded = gate();
    const heard: string[] = [];
    let joined: boolean | undefined;
    tasks.idle('warming up', 'keras', async (task) => {
      await task.turn(() => loaded.open);
      joined = task.endJoining();
    });
    const turn = tasks.serve('classifying', (task) =>
      task.turn(() => Promise.resolve(void heard.push('my turn')), need('keras', heard)),
    );
    tasks.idle('warming up', 'keras', () => assert.fail('it runs already'));
    loaded.pass();
    await turn;
    assert.deepEqual([joined, heard], [true, ['my turn']]);
  });

  it('passes its progress on to those who joined', () => {
    const { tasks } = setUp();
    const heard: string[] = [];
    let idle: Task | undefined;
    tasks.idle('warming up', 'keras', (task) => endless((idle = task)));
    void tasks.serve('a', (task) => task.turn(() => Promise.resolve(), need('keras', heard)));
    idle?.report({ what: 'loading conv1', fraction: 0.2 });
    assert.deepEqual(heard, ['loading conv1']);
    assert.equal(tasks.state.work, undefined);
  });

  it('is ended by every other turn, by another network, and by what comes after its load', () => {
    for (const end of [
      (tasks: TaskQueue) => void tasks.serve('a', (task) => task.turn(() => Promise.resolve())),
      (tasks: TaskQueue) =>
        void tasks.serve('a', (task) => task.turn(() => Promise.resolve(), need('paper', []))),
      (tasks: TaskQueue) => tasks.endIdleBut('paper'),
      (tasks: TaskQueue) => tasks.idle('warming up', 'paper', endless),
      (tasks: TaskQueue, idle: Task) => {
        idle.endJoining();
        void tasks.serve('a', (task) => task.turn(() => Promise.resolve(), need('keras', [])));
      },
    ]) {
      const { tasks, errors } = setUp();
      const begun: Task[] = [];
      tasks.idle('warming up', 'keras', (task) => {
        begun.push(task);
        return endless(task);
      });
      tasks.endIdleBut('keras');
      assert.equal(begun[0]?.signal.aborted, false);
      end(tasks, begun[0]);
      assert.equal(begun[0].signal.aborted, true, String(end));
      assert.deepEqual(errors, []);
    }
  });
});

describe('a part of a task', () => {
  it('reports its fraction as a piece of the whole', async () => {
    const { tasks } = setUp();
    await tasks.serve('all', (task) => {
      const part = partOf(task, (fraction) => 0.5 + fraction / 2);
      part.report({ what: 'second half', fraction: 0.5 });
      assert.deepEqual(task.progress, { what: 'second half', fraction: 0.75 });
      return Promise.resolve();
    });
  });
});
