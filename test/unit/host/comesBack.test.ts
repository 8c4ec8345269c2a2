import { strict as assert } from 'node:assert';
import { classifications, openWindow } from '../../support/hostWindow';
import { memoryFile } from '../../support/memoryFile';
import { settle } from '../../support/settle';

const [cat, vase, dog] = ['cat.jpg', 'vase.png', 'dog.jpg'].map((name) => memoryFile(name));
const event = {} as never;

describe('the pictures of an earlier window', () => {
  it('come back quietly when the panel is seen, at the one that was shown', async () => {
    const memory = new Map<string, unknown>();
    const before = openWindow(memory);
    await before.pictures.classify([cat!, vase!, dog!]);
    await before.pictures.step(-1);
    const after = openWindow(memory);
    after.seen.panel = false;
    after.upToDate.follow();
    await settle();
    assert.deepEqual(after.engine.asked, []);
    after.seen.panel = true;
    after.upToDate.look();
    assert.deepEqual(after.upToDate.notice, { kind: 'returning', name: 'vase.png' });
    await settle();
    assert.deepEqual(after.shown, ['vase.png keras random, seed 1']);
    const { pictures } = after.pictures.state;
    assert.deepEqual(
      pictures?.items.map(({ name, status }) => `${name} ${status}`),
      ['cat.jpg waiting', 'vase.png done', 'dog.jpg waiting'],
    );
    assert.deepEqual([after.upToDate.notice, after.notifications], [undefined, []]);
  });

  it('stand beside the other one again where two were compared, unless the comparison was ended', async () => {
    const memory = new Map<string, unknown>();
    const before = openWindow(memory);
    await before.pictures.classify([cat!]);
    await before.comparison.begin(before.pictures.run!);
    await before.pictures.classify([vase!]);
    await settle();
    const { comparison: begun } = before.comparison.state;
    const after = openWindow(memory);
    after.upToDate.look();
    await settle();
    const { comparison, reference } = after.comparison.state;
    assert.deepEqual([reference?.name, after.pictures.run?.name], ['cat.jpg', 'vase.png']);
    assert.deepEqual([comparison?.status, comparison?.begun], ['ready', begun?.begun]);
    await after.comparison.end();
    const last = openWindow(memory);
    last.upToDate.look();
    await settle();
    assert.deepEqual(
      [last.pictures.run?.name, last.comparison.state.comparison],
      ['vase.png', undefined],
    );
    assert.equal(classifications(last.engine), 1);
  });

  it('are shown where the one beside them is gone, which is said', async () => {
    const memory = new Map<string, unknown>();
    const before = openWindow(memory);
    await before.pictures.classify([cat!]);
    await before.comparison.begin(before.pictures.run!);
    await before.pictures.classify([vase!]);
    const after = openWindow(memory, new Set(['cat.jpg']));
    after.upToDate.look();
    await settle();
    assert.equal(after.pictures.run?.name, 'vase.png');
    assert.equal(after.comparison.state.comparison, undefined);
    assert.equal(after.problems.at(-1), 'cat.jpg is not there any more.');
  });

  it('say why where they do not, and are tried again on demand', async () => {
    const memory = new Map<string, unknown>();
    await openWindow(memory).pictures.classify([cat!]);
    const missing = new Set(['cat.jpg']);
    const { upToDate, shown, problems } = openWindow(memory, missing);
    upToDate.look();
    await settle();
    const why = 'cat.jpg is not there any more.';
    assert.deepEqual(upToDate.notice, { kind: 'lost', name: 'cat.jpg', why });
    assert.deepEqual(problems, []);
    void upToDate.handlers.runAgain(undefined, event);
    await settle();
    assert.deepEqual([shown, upToDate.notice], [[], { kind: 'lost', name: 'cat.jpg', why }]);
  });

  it('give way to what a person began with, and are forgotten with it', async () => {
    const memory = new Map<string, unknown>();
    await openWindow(memory).pictures.classify([cat!]);
    const second = openWindow(memory);
    const running = second.pictures.classify([vase!]);
    second.upToDate.look();
    await running;
    await settle();
    assert.deepEqual(second.shown, ['vase.png keras random, seed 1']);
    second.upToDate.clear();
    const third = openWindow(memory);
    third.upToDate.look();
    await settle();
    assert.deepEqual([third.shown, third.upToDate.notice], [[], undefined]);
  });

  it('are nothing odd that is kept', () => {
    for (const odd of [null, 7, { uris: 'a' }, { uris: ['a'], at: 1 }, { uris: [1], at: 0 }]) {
      const { upToDate } = openWindow(new Map([['alexnet.pictures', odd]]));
      upToDate.look();
      assert.equal(upToDate.notice, undefined);
    }
  });
});

describe('the file of what is shown', () => {
  it('is said to have changed or to be gone, and runs again as it is now', async () => {
    const { upToDate, pictures, watched, stamps, engine, notices } = openWindow();
    await pictures.classify([cat!]);
    upToDate.look();
    await settle();
    stamps.set(cat!.uri, 'second');
    watched.get('cat.jpg')?.();
    await settle();
    assert.deepEqual([upToDate.notice?.kind, notices.at(-1)], ['changed', 'changed']);
    void upToDate.handlers.runAgain(undefined, event);
    await settle();
    assert.equal(classifications(engine), 2);
    assert.equal(upToDate.notice, undefined);
  });

  it('may be renamed: the picture, its strip and what comes back follow', async () => {
    const memory = new Map<string, unknown>();
    const { upToDate, pictures, watched, stamps, shown, engine } = openWindow(memory);
    await pictures.classify([cat!, vase!]);
    upToDate.look();
    const tiger = memoryFile('tiger.jpg');
    const urn = memoryFile('urn.png');
    const moved = (uri: string) =>
      new Map([
        [cat!.uri, tiger],
        [vase!.uri, urn],
      ]).get(uri);
    pictures.rename(moved);
    stamps.set(vase!.uri, 'gone');
    await settle();
    assert.deepEqual([pictures.run?.name, [...watched.keys()]], ['urn.png', ['urn.png']]);
    assert.equal(upToDate.notice, undefined);
    assert.deepEqual(
      pictures.state.pictures?.items.map(({ name }) => name),
      ['tiger.jpg', 'urn.png'],
    );
    await pictures.step(-1);
    assert.equal(shown.at(-1), 'tiger.jpg keras random, seed 1');
    assert.equal(classifications(engine), 2);
    const after = openWindow(memory);
    after.upToDate.look();
    await settle();
    assert.equal(after.pictures.run?.name, 'tiger.jpg');
    pictures.rename(() => undefined);
    assert.match(shown.at(-1)!, /^tiger/);
  });

  it('is watched only while it is looked at', async () => {
    const { upToDate, pictures, watched, seen, stamps } = openWindow();
    await pictures.classify([cat!, vase!]);
    await settle();
    assert.deepEqual([...watched.keys()], ['vase.png']);
    seen.panel = false;
    upToDate.rest();
    assert.equal(watched.size, 0);
    stamps.set(vase!.uri, 'second');
    seen.panel = true;
    upToDate.look();
    await settle();
    assert.deepEqual([...watched.keys()], ['vase.png']);
    assert.equal(upToDate.notice?.kind, 'changed');
  });
});

describe('an engine that ended', () => {
  it('starts again quietly with what is shown; a second end within a minute is said instead', async () => {
    const { engine, pictures, problems, pass, shown } = openWindow();
    await pictures.classify([cat!]);
    engine.crash();
    await settle();
    assert.deepEqual([shown.length, problems], [2, []]);
    pass(59_000);
    engine.crash();
    await settle();
    assert.equal(shown.length, 2);
    assert.match(
      problems.at(-1) ?? '',
      /^The engine was killed \(SIGKILL\), twice within a minute/,
    );
    pass(61_000);
    await engine.start();
    engine.crash();
    await settle();
    assert.equal(shown.length, 3);
  });

  it('is left alone where nobody looks or nothing is shown', async () => {
    const { engine, pictures, seen } = openWindow();
    await engine.start();
    engine.crash();
    await settle();
    assert.equal(engine.pid, undefined);
    await pictures.classify([cat!]);
    seen.panel = false;
    engine.crash();
    await settle();
    assert.equal(engine.pid, undefined);
  });

  it('starts again with the next need: details of what is shown', async () => {
    const { engine, pictures, seen, upToDate } = openWindow();
    await pictures.classify([cat!]);
    seen.panel = false;
    engine.crash();
    seen.panel = true;
    await upToDate.handlers.activation({ runId: 1, layer: 'conv1' }, event);
    assert.deepEqual(engine.asked.slice(-2), ['classify 2', 'activation 2']);
  });

  it('is restarted on demand, with what is shown', async () => {
    const { pictures, upToDate, shown, problems } = openWindow();
    await pictures.classify([cat!]);
    void upToDate.handlers.restartEngine(undefined, event);
    await settle();
    assert.deepEqual([shown.length, problems], [2, []]);
  });
});
