import { strict as assert } from 'node:assert';
import { classifications, openWindow } from '../../support/hostWindow';
import { memoryFile } from '../../support/memoryFile';
import { settle } from '../../support/settle';

const [cat, vase] = ['cat.jpg', 'vase.png'].map((name) => memoryFile(name));
const event = {} as never;

describe('what is shown', () => {
  it('runs again when another network is chosen, and quietly', async () => {
    const { session, pictures, shown, notifications, upToDate, notices } = openWindow();
    await pictures.classify([cat!]);
    notifications.length = 0;
    session.showDocument('paper');
    assert.equal(upToDate.notice?.kind, 'running');
    await settle();
    assert.deepEqual(shown, ['cat.jpg keras random, seed 1', 'cat.jpg paper random, seed 1']);
    assert.deepEqual([upToDate.notice, notices.at(-1)], [undefined, undefined]);
    assert.deepEqual(notifications, []);
  });

  it('runs again when the classes of its network are called otherwise', async () => {
    const { session, pictures, upToDate } = openWindow();
    await pictures.classify([cat!]);
    const { documents, document } = session;
    documents.add({ ...document, labels: { ...document.labels, names: ['a', 'b'] } });
    upToDate.follow();
    await settle();
    assert.deepEqual(
      pictures.run?.predictions.map(({ label }) => label),
      ['a', 'b'],
    );
  });

  it('runs again once when other weights are chosen, however often they tell of their load', async () => {
    const { engine, pictures, load, shown } = openWindow();
    await pictures.classify([cat!]);
    await load({ kind: 'file', file: memoryFile('own.pth') });
    await settle();
    assert.deepEqual(shown.slice(1), ['cat.jpg keras own.pth']);
    assert.equal(classifications(engine), 2);
  });

  it('is of the last choice where one follows the other while it runs', async () => {
    const { engine, session, pictures, shown } = openWindow();
    await pictures.classify([cat!]);
    engine.slow.add('classify');
    session.showDocument('paper');
    await settle();
    session.showDocument('bvlc');
    await settle();
    engine.answer();
    await settle();
    assert.deepEqual(shown.slice(1), ['cat.jpg bvlc random, seed 1']);
  });

  it('is there at once where the engine still holds the run of that choice', async () => {
    const { engine, session, pictures, shown } = openWindow();
    await pictures.classify([cat!]);
    for (const documentId of ['paper', 'keras', 'paper']) {
      session.showDocument(documentId);
      await settle();
    }
    assert.equal(classifications(engine), 2);
    assert.equal(shown.at(-1), 'cat.jpg paper random, seed 1');
  });

  it('stays where the new run fails or is cancelled, which is said; it runs again on demand', async () => {
    const { engine, session, pictures, shown, upToDate, problems, tasks } = openWindow();
    await pictures.classify([cat!]);
    engine.failures.set('classify', new Error('it is too large'));
    session.showDocument('paper');
    await settle();
    assert.equal(upToDate.notice?.kind, 'outdated');
    assert.equal(problems.at(-1), 'It is too large.');
    assert.equal(shown.length, 1);
    engine.failures.clear();
    void upToDate.handlers.runAgain(undefined, event);
    await settle();
    assert.deepEqual([problems.at(-1), upToDate.notice], [undefined, undefined]);
    engine.slow.add('classify');
    session.showDocument('bvlc');
    await settle();
    tasks.cancel();
    await settle();
    assert.deepEqual(upToDate.notice, { kind: 'outdated' });
    assert.match(shown.at(-1)!, /paper/);
  });

  it('waits for a person to look: a script that changes the network runs nothing', async () => {
    const { engine, seen, session, pictures, upToDate, shown } = openWindow();
    await pictures.classify([cat!]);
    seen.panel = false;
    session.showDocument('paper');
    await settle();
    assert.equal(classifications(engine), 1);
    seen.panel = true;
    upToDate.look();
    await settle();
    assert.match(shown.at(-1)!, /paper/);
  });

  it('of a strip runs again, and the others wait', async () => {
    const { session, pictures, engine } = openWindow();
    await pictures.classify([cat!, vase!]);
    session.showDocument('paper');
    await settle();
    assert.equal(classifications(engine), 3);
    const items = pictures.state.pictures?.items.map(({ status }) => status);
    assert.deepEqual(items, ['waiting', 'done']);
  });

  it('goes on with a strip under way, with the new choice', async () => {
    const { session, pictures, engine, shown } = openWindow();
    engine.slow.add('classify');
    void pictures.classify([cat!, vase!]);
    await settle();
    session.showDocument('paper');
    for (let turn = 0; turn < 2; turn++) {
      await settle();
      engine.answer();
    }
    await settle();
    const random = 'random, seed 1';
    assert.deepEqual(shown, [`cat.jpg paper ${random}`, `vase.png paper ${random}`]);
  });
});

describe('a comparison', () => {
  it('of two pictures has both run again', async () => {
    const { session, pictures, comparison } = openWindow();
    await pictures.classify([cat!]);
    await comparison.begin(pictures.run!);
    await pictures.classify([vase!]);
    await settle();
    session.showDocument('paper');
    await settle();
    const { reference } = comparison.state;
    assert.deepEqual([reference?.name, reference?.documentId], ['cat.jpg', 'paper']);
    assert.deepEqual([pictures.run?.name, pictures.run?.documentId], ['vase.png', 'paper']);
    assert.equal(comparison.state.comparison?.status, 'ready');
  });

  it('of one picture in two networks keeps the first side', async () => {
    const { session, pictures, comparison } = openWindow();
    await pictures.classify([cat!]);
    await comparison.begin(pictures.run!);
    for (const documentId of ['paper', 'bvlc']) {
      session.showDocument(documentId);
      await settle();
      assert.equal(comparison.state.reference?.documentId, 'keras');
      assert.equal(pictures.run?.documentId, documentId);
    }
  });
});
