import { strict as assert } from 'node:assert';
import { Documents } from '../../../src/host/documents';
import { imagine } from '../../../src/host/explain/imagine';
import { PatchSearch } from '../../../src/host/explain/patchSearch';
import { pictureList, type PatchSource } from '../../../src/host/explain/patchSource';
import { picturesBelow } from '../../../src/host/explain/picturesBelow';
import { StrongestPatches } from '../../../src/host/explain/strongestPatches';
import type { FileRef } from '../../../src/host/fileRef';
import { Choices } from '../../../src/host/pictures/choices';
import { PreprocessChoices } from '../../../src/host/session/preprocessChoices';
import { randomChoice } from '../../../src/host/weights/weightsChoice';
import { Session } from '../../../src/host/session/session';
import type { TaskQueue } from '../../../src/host/task/taskQueue';
import { alexNets, library } from '../../../src/library/alexNets';
import { spanLength } from '../../../src/network/tensor/span';
import type { EngineMethods } from '../../../src/protocol/engineProtocol';
import type { ImagineProgress } from '../../../src/protocol/imagining';
import type { PanelPatches, StrongestCells } from '../../../src/protocol/likes';
import { CancelledError } from '../../../src/protocol/rpc';
import { FakeEngine } from '../../support/fakeEngine';
import { memoryFile } from '../../support/memoryFile';
import { memoryTree } from '../../support/memoryTree';
import { settle } from '../../support/settle';
import { unseenTasks } from '../../support/unseenTasks';

const channels = 384;
const cells = 12 * 12;
const broken = 7;

/** What a layer answers to a picture, by formula: the value of each channel's strongest cell. */
const valueOf = (picture: number, channel: number): number => ((picture + 1) * (channel + 3)) % 31;

const cellsOf = (picture: number): StrongestCells => ({
  values: Float32Array.from({ length: channels }, (_, channel) => valueOf(picture, channel)),
  cells: Uint32Array.from({ length: channels }, (_, channel) => (picture + channel) % cells),
});

describe('patches that a layer likes', () => {
  let engine: FakeEngine;
  let tasks: TaskQueue;
  let session: Session;
  let preprocessing: PreprocessChoices;
  let search: PatchSearch;
  let told: (PanelPatches | undefined)[];
  let shown: (readonly FileRef[])[];
  let asked: EngineMethods['seenPart']['params'][];
  const context = { signal: new AbortController().signal, report: () => undefined };

  beforeEach(() => {
    engine = new FakeEngine();
    tasks = unseenTasks();
    session = new Session(engine, tasks, new Documents(library), 'torchvision');
    told = [];
    shown = [];
    asked = [];
    preprocessing = new PreprocessChoices({
      documents: session.documents,
      kept: undefined,
      keep: () => undefined,
      warn: (why) => assert.fail(why),
    });
    search = new PatchSearch({
      session,
      engine,
      tasks,
      preprocessing,
      choices: new Choices(session, preprocessing),
      onChange: ({ patches }) => told.push(patches),
      classify: (files) => Promise.resolve(shown.push(files)),
    });
    const batches = new Map<number, readonly number[]>();
    engine.answers.set('prepare', ({ batch, pictures }: EngineMethods['prepare']['params']) => {
      const numbers = pictures.map(([number = 0]) => number);
      batches.set(
        batch,
        numbers.filter((number) => number !== broken),
      );
      return numbers.map((number) => (number === broken ? 'it is text' : null));
    });
    engine.answers.set('strongestCells', ({ batch }: { readonly batch: number }) =>
      batches.get(batch)?.map(cellsOf),
    );
    engine.answers.set('seenPart', (params: EngineMethods['seenPart']['params']) => {
      asked.push(params);
      return { width: 1, height: 1, rgb: new Uint8Array(3) };
    });
  });
  afterEach(() => session.dispose());

  const source = (count: number): PatchSource => ({
    from: 'the pictures on screen',
    pictures: pictureList(
      Array.from({ length: count }, (_, at) => memoryFile(`${at}.png`, Uint8Array.of(at))),
    ),
    leftOut: 0,
  });
  const last = (): PanelPatches => told.at(-1)!;

  it('are the strongest of all pictures for every channel, in one pass', async () => {
    await search.find('conv3', source(60));
    assert.equal(last().status, 'done');
    assert.deepEqual([last().done, last().pictures, last().unreadable], [60, 60, 1]);
    const passes = engine.asked.filter((each) => each === 'strongestCells').length;
    assert.ok(passes < 15, `${passes}`);
    for (const channel of [0, 17, channels - 1]) {
      const expected = Array.from({ length: 60 }, (_, picture) => picture)
        .filter((picture) => picture !== broken)
        .sort((a, b) => valueOf(b, channel) - valueOf(a, channel))
        .slice(0, 9);
      const { patches } = await search.handlers.patches({ begun: last().begun, channel }, context);
      assert.deepEqual(
        patches.map(({ picture, value }) => [picture, value]),
        expected.map((picture) => [picture, valueOf(picture, channel)]),
      );
      const [{ picture, name, row, column } = assert.fail()] = patches;
      assert.equal(name, `${picture}.png`);
      assert.equal(row * 13 + column, (picture + channel) % cells);
    }
  });

  it('are cut out where the cell looks, and open their picture', async () => {
    await search.find('conv3', source(3));
    const { begun } = last();
    const of = { begun, channel: 5, picture: 2 };
    await search.handlers.patchPicture({ ...of, row: 0, column: 6 }, context);
    const [{ area, bytes, size } = assert.fail()] = asked;
    assert.deepEqual([...bytes], [2]);
    assert.deepEqual(size, { width: 224, height: 224 });
    assert.equal(area.rows.first, 0);
    assert.ok(spanLength(area.rows) < spanLength(area.columns), 'less is seen at the edge');
    await search.handlers.showPatch({ begun, picture: 2 }, context);
    await settle();
    assert.deepEqual(
      shown.map((files) => files.map(({ name }) => name)),
      [['2.png']],
    );
  });

  it('stay as far as they were found when that is stopped, and name what cannot be read', async () => {
    engine.slow.add('strongestCells');
    const running = search.find('conv3', source(60));
    await settle();
    engine.answer();
    await settle();
    engine.answer();
    await settle();
    search.stop();
    await running;
    const { status, done, why, begun } = last();
    assert.equal(status, 'stopped');
    assert.equal(why, undefined);
    assert.ok(done >= 8 && done < 60, `${done}`);
    const { patches, unreadable } = await search.handlers.patches({ begun, channel: 0 }, context);
    assert.ok(patches.length > 0 && patches.every(({ picture }) => picture < done));
    assert.deepEqual(unreadable, [{ name: '7.png', why: '7.png: it is text.' }]);
    await assert.rejects(
      async () => await search.handlers.patches({ begun: begun - 1, channel: 0 }, context),
      /that search is not kept any more/,
    );
    await assert.rejects(
      async () => await search.handlers.patches({ begun, channel: channels }, context),
      /conv3 has no channel 384: it has 384/,
    );
  });

  it('are of one choice only, and none are left of what fails at once', async () => {
    await assert.rejects(search.find('conv9', source(3)), /no layer is named "conv9"/);
    await assert.rejects(search.find('input', source(3)), /input is the picture itself/);
    engine.failures.set('strongestCells', new Error('out of memory'));
    await assert.rejects(search.find('conv3', source(3)), /out of memory/);
    assert.equal(last(), undefined);
    engine.failures.clear();
    engine.slow.add('strongestCells');
    const running = search.find('conv3', source(60));
    await settle();
    engine.answer();
    session.showDocument('keras');
    await running;
    assert.match(last().why ?? '', /Another network, other weights or other preprocessing/);
  });

  it('are served to a script with as many pictures as it wants, or cancelled', async () => {
    const counts: number[] = [];
    const { signal } = new AbortController();
    const onBatch = (done: number): void => void counts.push(done);
    const found = await search.serve('conv3', source(20), { most: 2, signal, onBatch });
    assert.equal(found.of(0).length, 2);
    assert.equal(counts.at(-1), 20);
    assert.deepEqual(told, []);
    const cancelled = new AbortController();
    cancelled.abort(new CancelledError());
    const serving = search.serve('conv3', source(20), {
      most: 2,
      signal: cancelled.signal,
      onBatch,
    });
    await assert.rejects(serving, CancelledError);
  });

  it('come from a folder and the folders in it', async () => {
    const file = Uint8Array.of(1);
    const tree = memoryTree({
      'a.png': file,
      'notes.txt': file,
      train: { cats: { 'b.jpg': file, '.hidden': { 'c.png': file } }, empty: {} },
    });
    const { signal } = context;
    const pictures = await picturesBelow(tree, signal);
    const names = [...pictures.inTurn].map((picture) => pictures.name(picture));
    assert.deepEqual(names, ['a.png', 'train/cats/b.jpg']);
    await assert.rejects(
      picturesBelow(memoryTree({ empty: {} }), signal),
      /data holds no pictures, nor do the folders in it/,
    );
  });
});

describe('the strongest patches', () => {
  it('keep the first of equals and no value that is no number', () => {
    const strongest = new StrongestPatches(2);
    const give = (picture: number, value: number): void =>
      strongest.add(picture, { values: Float32Array.of(value), cells: Uint32Array.of(picture) });
    give(0, NaN);
    give(1, 3);
    give(2, 3);
    give(3, 3);
    give(4, -1);
    give(5, 4);
    assert.deepEqual(strongest.of(0), [
      { picture: 5, value: 4, cell: 5 },
      { picture: 1, value: 3, cell: 1 },
    ]);
    assert.deepEqual(strongest.of(1), []);
  });
});

describe('a picture is made for a unit', () => {
  it('with the weights and the preparation of its document, and heard of on the way', async () => {
    const engine = new FakeEngine();
    const tasks = unseenTasks();
    const session = new Session(engine, tasks, new Documents(library), 'keras');
    const heard: ImagineProgress[] = [];
    const given: EngineMethods['imagine']['params'][] = [];
    engine.answers.set('imagine', (params: EngineMethods['imagine']['params']) => {
      given.push(params);
      const { target, preprocess, settings } = params;
      return { step: settings!.steps, recipe: { target, preprocess, settings } };
    });
    engine.slow.add('imagine');
    const preprocessing = {
      of: () => ({ settings: alexNets.bvlc.preprocess, published: alexNets.bvlc.preprocess }),
    };
    const target = { layer: 'conv2', channel: 3 };
    const settings = { steps: 6, jitter: 2 };
    const making = () =>
      tasks.serve('test', (task) =>
        imagine({ session, preprocessing }, { documentId: 'bvlc', target, settings }, task, (at) =>
          heard.push(at),
        ),
      );
    const running = making();
    await settle();
    engine.report('step 3 of 4', 0.75);
    engine.answer();
    await settle();
    // Others have their turn in between.
    assert.deepEqual(engine.asked, ['loadWeights bvlc', 'imagine', 'imagine']);
    engine.answer();
    const made = await running;
    assert.deepEqual([made.step, made.recipe.settings.steps], [6, 6]);
    const { preprocess } = alexNets.bvlc;
    assert.deepEqual(given[0], { target, preprocess, settings: { steps: 4, jitter: 2 } });
    assert.deepEqual([given[1]?.settings, given[1]?.from?.step], [settings, 4]);
    assert.deepEqual(heard, [{ what: 'step 3 of 4', fraction: 0.75 }]);
    const other = making();
    await settle();
    session.restoreWeights('bvlc', { ...randomChoice });
    engine.answer();
    await assert.rejects(other, /other weights were chosen; begin the picture again/);
    session.dispose();
  });
});
