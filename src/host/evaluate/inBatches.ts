import { inputShape } from '../../network/inputShape';
import type { ModelDocument } from '../../network/modelDocument';
import type { Preprocess } from '../../network/preprocess/preprocess';
import { RemoteError } from '../../protocol/rpc';
import { describeError, labelled } from '../errors';
import { readPicture } from '../session/readPicture';
import type { SessionEngine } from '../session/session';
import type { TaskContext } from '../task/task';
import type { LabelledPictures } from './labelledFolder';

/** Pictures by their numbers, and the order in which they run. */
export type ManyPictures = Pick<LabelledPictures, 'inTurn' | 'file'>;

/** Hears what becomes of each picture, by its number. */
interface Outcome<T> {
  add(picture: number, answer: T): void;
  /** It cannot be read. */
  fail(picture: number, why: string): void;
}

interface Circumstances<T> {
  readonly engine: Pick<SessionEngine, 'call'>;
  readonly document: ModelDocument;
  readonly preprocess: Preprocess;
  /** Has a batch run; gives an answer for each of its pictures, in their order. */
  readonly run: (batch: number, task: TaskContext) => Promise<readonly T[]>;
  /** Called before each batch runs: throws where it must not. */
  readonly check: () => void;
  /** Called after each batch. */
  readonly onBatch: () => void;
}

/** More pictures together run faster each; but a person who classifies one meanwhile waits for this long. */
const batchMilliseconds = 1000;
const firstBatch = 4;
const largestBatch = 32;
/** What is read together, unless one picture alone is larger. */
const largestBytes = 64 * 2 ** 20;

type Failing = Pick<Outcome<never>, 'fail'>;

interface Batch {
  readonly number: number;
  readonly pictures: readonly number[];
}

/** Numbers of batches are unique in a window: two that go through pictures may share the engine. */
let batches = 0;

/** Runs all pictures through the network, the next ones being read and prepared meanwhile. */
export async function runInBatches<T>(
  pictures: ManyPictures,
  outcome: Outcome<T>,
  task: TaskContext,
  circumstances: Circumstances<T>,
): Promise<void> {
  const { run, check, onBatch } = circumstances;
  const order = pictures.inTurn;
  let size = firstBatch;
  let at = 0;
  let isFirst = true;
  const begin = async (): Promise<Batch | undefined> => {
    if (at >= order.length) return undefined;
    const { files, taken } = await readSome(pictures, order.subarray(at, at + size), outcome);
    at += taken;
    return await prepare(files, outcome, circumstances);
  };
  let next = begin();
  // Met where it is awaited, or not wanted any more.
  next.catch(() => undefined);
  for (let batch = await next; batch; batch = await next) {
    task.signal.throwIfAborted();
    check();
    next = begin();
    next.catch(() => undefined);
    const running = batch;
    let milliseconds = 0;
    const answers = await run(running.number, {
      ...task,
      turn: (work, need) => task.turn(() => timed(work, (took) => (milliseconds = took)), need),
    });
    running.pictures.forEach((picture, index) => {
      const answer = answers[index];
      if (answer !== undefined) outcome.add(picture, answer);
    });
    // The first one may have waited for the weights.
    if (!isFirst && answers.length > 0) size = nextSize(size, milliseconds / answers.length);
    isFirst = false;
    onBatch();
  }
}

async function timed<T>(work: () => Promise<T>, note: (milliseconds: number) => void): Promise<T> {
  const start = performance.now();
  const result = await work();
  note(performance.now() - start);
  return result;
}

/** As many as run within a batch's time; no more than double, since the first ones are slow. */
function nextSize(size: number, millisecondsEach: number): number {
  const fit = Math.floor(batchMilliseconds / Math.max(1, millisecondsEach));
  return Math.max(1, Math.min(fit, 2 * size, largestBatch));
}

interface ReadFile {
  readonly picture: number;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Reads the first of these files, as many as memory should hold; says how many it has seen to. */
async function readSome(
  pictures: ManyPictures,
  wanted: Uint32Array,
  outcome: Failing,
): Promise<{ readonly files: readonly ReadFile[]; readonly taken: number }> {
  const files: ReadFile[] = [];
  let [bytes, taken] = [0, 0];
  while (taken < wanted.length && bytes < largestBytes) {
    const some = [...wanted.subarray(taken, taken + firstBatch)];
    taken += some.length;
    const read = await Promise.all(some.map((picture) => readOne(pictures, picture, outcome)));
    for (const file of read) {
      if (!file) continue;
      files.push(file);
      bytes += file.bytes.length;
    }
  }
  return { files, taken };
}

async function readOne(
  pictures: ManyPictures,
  picture: number,
  outcome: Failing,
): Promise<ReadFile | undefined> {
  const file = pictures.file(picture);
  try {
    return { picture, name: file.name, bytes: await readPicture(file) };
  } catch (error) {
    outcome.fail(picture, describeError(error));
    return undefined;
  }
}

/** Has the engine prepare pictures as a batch; those that it cannot read are noted. */
async function prepare(
  files: readonly ReadFile[],
  outcome: Failing,
  {
    engine,
    document,
    preprocess,
  }: Pick<Circumstances<unknown>, 'engine' | 'document' | 'preprocess'>,
): Promise<Batch> {
  const number = ++batches;
  const whys = await engine.call('prepare', {
    batch: number,
    pictures: files.map(({ bytes }) => bytes),
    preprocess,
    shape: inputShape(document.network),
  });
  const readable = files.filter(({ picture, name }, index) => {
    const why = whys[index];
    if (typeof why !== 'string') return true;
    outcome.fail(picture, describeError(labelled(name, new RemoteError('PictureError', why))));
    return false;
  });
  return { number, pictures: readable.map(({ picture }) => picture) };
}
