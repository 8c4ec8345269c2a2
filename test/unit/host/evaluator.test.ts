import { strict as assert } from 'node:assert';
import { Documents } from '../../../src/host/documents';
import { Evaluator } from '../../../src/host/evaluate/evaluator';
import type { FileRef } from '../../../src/host/fileRef';
import { Choices } from '../../../src/host/pictures/choices';
import { PreprocessChoices } from '../../../src/host/session/preprocessChoices';
import { Session } from '../../../src/host/session/session';
import type { TaskQueue } from '../../../src/host/task/taskQueue';
import { alexNets, library } from '../../../src/library/alexNets';
import type { EngineMethods } from '../../../src/protocol/engineProtocol';
import type { PanelEvaluation } from '../../../src/protocol/evaluation';
import { CancelledError } from '../../../src/protocol/rpc';
import { FakeEngine } from '../../support/fakeEngine';
import { folders, label, logitsOf, picturesOf, truthOf } from '../../support/labelledPictures';
import { settle } from '../../support/settle';
import { unseenTasks } from '../../support/unseenTasks';

describe('an evaluation of the shown network', () => {
  let engine: FakeEngine;
  let tasks: TaskQueue;
  let session: Session;
  let evaluator: Evaluator;
  let told: (PanelEvaluation | undefined)[];
  let shown: (readonly FileRef[])[];
  const broken = 7;

  beforeEach(() => {
    engine = new FakeEngine();
    tasks = unseenTasks();
    session = new Session(engine, tasks, new Documents(library), 'keras');
    told = [];
    shown = [];
    const preprocessing = new PreprocessChoices({
      documents: session.documents,
      kept: undefined,
      keep: () => undefined,
      warn: (why) => assert.fail(why),
    });
    evaluator = new Evaluator({
      session,
      engine,
      tasks,
      preprocessing,
      choices: new Choices(session, preprocessing),
      onChange: ({ evaluation }) => told.push(evaluation),
      classify: (files) => Promise.resolve(shown.push(files)),
    });
    answerByPicture();
  });
  afterEach(() => session.dispose());

  /** A picture's one byte is its number; one of them is broken. */
  function answerByPicture(): void {
    const batches = new Map<number, readonly number[]>();
    engine.answers.set('prepare', ({ batch, pictures }: EngineMethods['prepare']['params']) => {
      const numbers = pictures.map(([number = 0]) => number);
      batches.set(
        batch,
        numbers.filter((number) => number !== broken),
      );
      return numbers.map((number) => (number === broken ? 'it is text' : null));
    });
    engine.answers.set('classifyPrepared', ({ batch }: { readonly batch: number }) =>
      batches.get(batch)?.map((number) => logitsOf(number, truthOf(number))),
    );
    engine.answers.set('thumbnail', () => ({ width: 1, height: 1, rgb: new Uint8Array(3) }));
  }

  const csvLines = (): readonly string[] => evaluator.csv.trimEnd().split('\n');

  it('runs every picture once, in batches, and says how far it is and what came out', async () => {
    const ended = await evaluator.evaluate(await label(picturesOf(folders)));
    assert.equal(ended?.status, 'done');
    assert.deepEqual([ended.done, ended.pictures, ended.unreadable], [95, 95, 1]);
    assert.deepEqual(
      [ended.network, ended.weights, ended.trained],
      [alexNets.keras.title, 'random, seed 1', false],
    );
    const dones = told.map((state) => state?.done ?? 0);
    assert.deepEqual(
      dones,
      dones.toSorted((a, b) => a - b),
    );
    assert.ok(dones.length > 4);
    assert.ok(engine.asked.filter((one) => one === 'classifyPrepared').length < 30);
    assert.equal(engine.asked.filter((one) => one.startsWith('loadWeights')).length, 1);
    const { begun } = ended;
    const report = await evaluator.handlers.evaluationReport({ begun }, {} as never);
    assert.equal(report.pictures, 94);
    assert.equal(report.unreadable[0]?.why, 'n01440764/2.png: it is text.');
    const { pictures } = await evaluator.handlers.evaluatedPictures({ begun }, {} as never);
    const [worst] = pictures;
    await evaluator.handlers.evaluatedThumbnail({ begun, id: worst!.id }, {} as never);
    void evaluator.handlers.showEvaluated({ begun, ids: [worst!.id] }, {} as never);
    await settle();
    assert.deepEqual(
      shown.map(([file]) => file?.name),
      [worst!.name],
    );
    await assert.rejects(
      async () => evaluator.handlers.evaluationReport({ begun: begun - 1 }, {} as never),
      /not kept any more/,
    );
  });

  it('is written as CSV: the picture, its true class, the first five and their probabilities', async () => {
    await evaluator.evaluate(await label(picturesOf(folders)));
    const [heads, first, ...others] = csvLines();
    assert.match(heads!, /^picture,status,true class,true label,true synset,.*,problem$/);
    assert.equal(others.length, 94);
    const cells = first!.match(/("[^"]*"|[^,]*)(,|$)/g)!.map((cell) => cell.replace(/,$/, ''));
    assert.deepEqual(cells.slice(0, 5), [
      '482/0.png',
      'evaluated',
      '482',
      'cassette player',
      'n02979186',
    ]);
    const logits = logitsOf(0, 482);
    const sum = logits.reduce((all, logit) => all + Math.exp(logit), 0);
    const order = [...logits.keys()].sort((a, b) => logits[b]! - logits[a]!);
    assert.equal(cells[5], String(order.indexOf(482) + 1));
    assert.deepEqual(
      [7, 10, 13, 16, 19].map((at) => Number(cells[at])),
      order.slice(0, 5),
    );
    for (const [place, at] of [9, 12, 15, 18, 21].entries()) {
      const expected = Math.exp(logits[order[place]!]!) / sum;
      assert.ok(Math.abs(Number(cells[at]) / expected - 1) < 1e-6, `${cells[at]} for ${expected}`);
    }
    const of = csvLines().find((line) => line.startsWith('n01440764/2.png'));
    assert.match(
      of!,
      /^n01440764\/2\.png,unreadable,0,"tench, Tinca tinca",n01440764,,,+n01440764\/2\.png: it is text\.$/,
    );
  });

  it('keeps what was done when it is stopped, and says so', async () => {
    engine.slow.add('classifyPrepared');
    const running = evaluator.evaluate(await label(picturesOf(folders)));
    await settle();
    engine.answer();
    await settle();
    evaluator.stop();
    const ended = await running;
    assert.equal(ended?.status, 'stopped');
    assert.equal(ended.why, undefined);
    assert.ok(ended.done >= 4 && ended.done < 95, `${ended.done} are done`);
    assert.equal(evaluator.report.pictures, ended.done - ended.unreadable);
    assert.ok(csvLines().some((line) => line.includes(',not run,')));
  });

  it('is gone when it is stopped before anything is done', async () => {
    engine.slow.add('classifyPrepared');
    const running = evaluator.evaluate(await label(picturesOf(folders)));
    await settle();
    evaluator.stop();
    assert.equal(await running, undefined);
    assert.equal(evaluator.state.evaluation, undefined);
    assert.throws(() => evaluator.csv, /not kept any more/);
  });

  it('ends with a sentence when another network is chosen, and when the engine crashes', async () => {
    engine.slow.add('classifyPrepared');
    const first = evaluator.evaluate(await label(picturesOf(folders)));
    await settle();
    engine.answer();
    session.showDocument('caffenet');
    const changed = await first;
    assert.match(changed?.why ?? '', /^Another network, other weights or other preprocessing were/);
    session.showDocument('keras');
    const second = evaluator.evaluate(await label(picturesOf(folders)));
    await settle();
    engine.answer();
    await settle();
    engine.crash();
    const crashed = await second;
    assert.match(crashed?.why ?? '', /the engine was killed/i);
    assert.ok(crashed!.done > 0);
  });

  it('serves a script beside it, which can cancel', async () => {
    const controller = new AbortController();
    const labelled = await label(picturesOf(folders));
    const tally = await evaluator.serve(labelled, controller.signal);
    assert.equal(tally.report().pictures, 94);
    assert.equal(evaluator.state.evaluation, undefined);
    controller.abort(new CancelledError());
    await assert.rejects(evaluator.serve(labelled, controller.signal), CancelledError);
  });
});
