import { strict as assert } from 'node:assert';
import { KeptViews } from '../../../src/host/pictures/keptViews';
import { isPictureName, pictureNames } from '../../../src/host/pictures/pictureNames';
import { resultsCsv } from '../../../src/host/pictures/resultsCsv';
import { Strip } from '../../../src/host/pictures/strip';
import type { StripResult } from '../../../src/host/pictures/stripResult';
import { memoryFile } from '../../support/memoryFile';
import type { RunView } from '../../../src/protocol/panelProtocol';

const names = ['a.png', 'b.png', 'c.png', 'd.png'];

function stripOf(count = names.length, leftOut = 0): Strip {
  let id = 0;
  const pictures = names.slice(0, count).map((name) => memoryFile(name));
  return new Strip(pictures, { leftOut, nextId: () => ++id });
}

const tabby = { index: 281, label: 'tabby', synset: 'n02123045', probability: 0.5 };

const result = (contextKey = 'now', runId = 1): StripResult => ({
  runId,
  predictions: [tabby],
  trained: true,
  network: 'Some network',
  weights: 'some weights',
  milliseconds: { decode: 1, preprocess: 2, forward: 30 },
  thumbnail: { width: 1, height: 1, rgb: Uint8Array.of(1, 2, 3) },
  contextKey,
});

/** Takes what is to run next, and has it end well. */
function runNext(strip: Strip): number | undefined {
  const entry = strip.next();
  if (!entry) return undefined;
  const shown = strip.isToBeShown(entry.id);
  strip.ran(entry.id, result());
  if (shown) strip.show(entry.id);
  return entry.id;
}

const statuses = (strip: Strip, contextKey = 'now'): readonly string[] =>
  strip.view(contextKey)?.items.map(({ status }) => status) ?? [];
const place = (strip: Strip): readonly (number | undefined)[] => {
  const view = strip.view('now');
  return [view?.shown, view?.current];
};

describe('several pictures', () => {
  it('are a strip from two on', () => {
    assert.equal(stripOf(1).view('now'), undefined);
    assert.equal(stripOf(2).view('now')?.items.length, 2);
    assert.equal(stripOf(2, 7).view('now')?.leftOut, 7);
  });

  it('run in order, and each is shown as it is done', () => {
    const strip = stripOf();
    strip.begin();
    strip.next();
    assert.deepEqual(statuses(strip), ['running', 'waiting', 'waiting', 'waiting']);
    strip.ran(1, result());
    strip.show(1);
    assert.deepEqual(place(strip), [1, 1]);
    assert.deepEqual([runNext(strip), runNext(strip), runNext(strip)], [2, 3, 4]);
    assert.equal(strip.next(), undefined);
    assert.deepEqual(statuses(strip), ['done', 'done', 'done', 'done']);
    assert.deepEqual(place(strip), [4, 4]);
  });

  it('go on behind the one that the person steps to, which they no longer take off the screen', () => {
    const strip = stripOf();
    strip.begin();
    runNext(strip);
    strip.next();
    strip.ask(4);
    assert.equal(strip.left, 2);
    assert.equal(strip.isToBeShown(2), false);
    strip.ran(2, result());
    assert.deepEqual(place(strip), [1, 4]);
    assert.equal(runNext(strip), 4);
    assert.deepEqual(place(strip), [4, 4]);
    assert.equal(runNext(strip), 3);
    assert.deepEqual(place(strip), [4, 4]);
    assert.equal(strip.next(), undefined);
  });

  it('of quick steps, the last one counts, and each goes on from the one before', () => {
    const strip = stripOf();
    assert.equal(strip.neighbour(1), 1);
    for (const id of [1, 2, 3]) {
      strip.ask(id);
      assert.equal(strip.neighbour(1), id + 1);
    }
    assert.equal(runNext(strip), 3);
    assert.equal(runNext(strip), undefined);
    strip.ask(4);
    assert.equal(strip.neighbour(1), undefined);
    strip.ask(1);
    assert.equal(strip.neighbour(-1), undefined);
  });

  it('say why one failed, stay there, and forget it when it is asked about again', () => {
    const strip = stripOf();
    strip.begin();
    runNext(strip);
    strip.ask(2);
    strip.next();
    strip.failed(2, 'It is text.');
    assert.equal(strip.view('now')?.items[1]?.why, 'It is text.');
    assert.deepEqual(place(strip), [1, 2]);
    assert.equal(strip.next()?.id, 3);
    strip.stop();
    assert.deepEqual(statuses(strip), ['done', 'failed', 'waiting', 'waiting']);
    strip.ask(2);
    assert.equal(runNext(strip), 2);
    assert.deepEqual(statuses(strip), ['done', 'done', 'waiting', 'waiting']);
  });

  it('lose their labels, not their thumbnails, under other weights, and have them back', () => {
    const strip = stripOf(2);
    strip.ask(1);
    runNext(strip);
    const [now, other] = ['now', 'other weights'].map(
      (contextKey) => strip.view(contextKey)?.items[0],
    );
    assert.deepEqual(now?.result, { index: 281, label: 'tabby', probability: 0.5, trained: true });
    assert.deepEqual([other?.status, other?.result, other?.thumbnail], ['waiting', undefined, 1]);
    strip.queueWaiting('other weights');
    assert.deepEqual([runNext(strip), runNext(strip)], [1, 2]);
    assert.deepEqual(place(strip), [1, 1]);
  });

  it('that were given up go on where they were', () => {
    const strip = stripOf();
    strip.begin();
    runNext(strip);
    assert.equal(strip.next()?.id, 2);
    strip.resume();
    assert.deepEqual([runNext(strip), runNext(strip)], [2, 3]);
    strip.ask(1);
    runNext(strip);
    strip.next();
    strip.askShownAgain();
    strip.resume();
    assert.deepEqual([runNext(strip), runNext(strip), runNext(strip)], [1, 4, undefined]);
  });

  it('are followed until the person steps, and again when they say so', () => {
    const strip = stripOf();
    strip.begin();
    strip.ask(1);
    assert.equal(strip.view('now')?.following, false);
    runNext(strip);
    strip.follow(true);
    assert.equal(runNext(strip), 2);
    assert.deepEqual(place(strip), [2, 2]);
    strip.stop();
    strip.queueWaiting('now');
    runNext(strip);
    assert.deepEqual(place(strip), [3, 3]);
  });

  it('are found by their address, and others are refused by number', () => {
    const strip = stripOf();
    assert.equal(strip.idOf(memoryFile('c.png')), 3);
    assert.equal(strip.idOf(memoryFile('e.png')), undefined);
    assert.throws(() => strip.ask(9), /there is no picture 9 among these/);
  });
});

describe('results as CSV', () => {
  it('have a line for each picture, what fails or waits with nothing but why', () => {
    const strip = stripOf(3);
    strip.begin();
    strip.next();
    strip.ran(1, { ...result(), trained: false, predictions: [tabby, { ...tabby, index: 7 }] });
    strip.failed(2, 'It is “text”, "no" picture.');
    const lines = resultsCsv([2, 1, 3].map((id) => strip.result(id, 'now'))).split('\n');
    assert.deepEqual(lines, [
      'picture,path,status,label,class index,synset,probability,top 5,network,weights,trained,seconds,problem',
      'b.png,memory:/b.png,failed,,,,,,,,,,"It is “text”, ""no"" picture."',
      'a.png,memory:/a.png,done,tabby,281,n02123045,0.5,281 tabby: 0.5; 7 tabby: 0.5,Some network,some weights,false,0.033,',
      'c.png,memory:/c.png,waiting,,,,,,,,,,',
      '',
    ]);
  });

  it('begin no field like a formula', () => {
    const [, line = ''] = resultsCsv([{ file: memoryFile('=1+1.png'), status: 'waiting' }]).split(
      '\n',
    );
    assert.match(line, /^'=1\+1\.png,/);
  });
});

describe('runs that are shown again', () => {
  it('are those that the engine holds, made as they would be made now', () => {
    const held = new Set([1, 2]);
    const views = new KeptViews((runId) => held.has(runId));
    const view = (runId: number): RunView => ({ runId }) as RunView;
    views.add(10, 'now', view(1));
    views.add(20, 'now', view(2));
    views.add(30, 'now', view(3));
    assert.equal(views.get(10, 'now')?.runId, 1);
    assert.equal(views.get(10, 'other weights'), undefined);
    assert.equal(views.get(30, 'now'), undefined);
    held.delete(2);
    assert.equal(views.get(20, 'now'), undefined);
  });
});

describe('pictures of a folder', () => {
  it('are known by their ending and stand as people count', () => {
    assert.deepEqual(
      pictureNames(['b.txt', '10.png', 'é.gif', '2.png', 'B.JPG', 'a.tiff', 'png', '.png']),
      ['2.png', '10.png', 'a.tiff', 'B.JPG', 'é.gif'],
    );
  });

  it('have one ending', () => {
    for (const name of ['a.jpeg', 'a.b.JFIF', 'a.AVIF', 'a.webp']) assert.ok(isPictureName(name));
    for (const name of ['a.png.exe', 'png', '', 'a.', 'a.svg']) assert.ok(!isPictureName(name));
  });
});
