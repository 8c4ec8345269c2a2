import { imageNetLabels } from '../../library/imageNetLabels';
import type { HostMethods, PanelState } from '../../protocol/panelProtocol';
import { CancelledError, ClosedError, type Handlers } from '../../protocol/rpc';
import type { PanelTraining, TrainingMethods, TrainingSettings } from '../../protocol/training';
import { describeError, isOf } from '../errors';
import type { Labelled } from '../evaluate/labelFolder';
import { log } from '../log';
import type { Session } from '../session/session';
import { isCancellation } from '../task/task';
import type { TaskQueue } from '../task/taskQueue';
import type { WorkspaceMemory } from '../upToDate/picturesMemory';
import { checkSettings } from './checkSettings';
import { defaultSettings } from './defaultSettings';
import type { TrainedNetwork } from './trainedStore';
import { TrainerProcess, type TrainerEngine } from './trainerProcess';
import { TrainingFiles } from './trainingFiles';
import { readTrainingFolder, trainingData } from './trainingFolder';
import { trainingReads } from './trainingReads';
import { TrainingRecord } from './trainingRecord';
import { whyNotTrained } from './learningNetwork';
import { TrainingWork, type TrainingWorkOptions } from './trainingWork';

export interface TrainerOptions extends TrainingWorkOptions {
  readonly session: Pick<Session, 'document' | 'documents' | 'weightsOf' | 'weightsChoiceOf'>;
  /** Of a process of its own. */
  readonly engine: TrainerEngine;
  readonly tasks: Pick<TaskQueue, 'background'>;
  /** Where trainings keep what they need to go on. */
  readonly storage: string;
  readonly memory: WorkspaceMemory;
  readonly onChange: (change: Pick<PanelState, 'training'>) => void;
  /** Shows a network with what it learned. */
  readonly use: (network: TrainedNetwork) => Promise<unknown>;
  /** Evaluates the network that is shown. */
  readonly evaluate: (labelled: Labelled) => Promise<unknown>;
}

type TrainerMethod = Exclude<keyof TrainingMethods, 'train'>;

/** How often the page hears of steps, and how often of a new curve. */
const [tellMilliseconds, versionMilliseconds] = [250, 2000];

/** Trains a network on a folder of pictures by class; there is one training at a time. */
export class Trainer {
  readonly handlers: Pick<Handlers<HostMethods>, TrainerMethod>;
  private current: TrainingRecord | undefined;
  private readonly process: TrainerProcess;
  private readonly files: TrainingFiles;
  private readonly work: TrainingWork;
  /** What a person asked for that the run does not know yet. */
  private wanted: 'pause' | 'stop' | undefined;
  private interrupt = new AbortController();
  private told = { at: 0, version: 0 };
  private isDisposed = false;

  constructor(private readonly options: TrainerOptions) {
    const { engine, storage, memory, tasks } = options;
    this.process = new TrainerProcess(engine);
    this.files = new TrainingFiles(storage, memory);
    this.work = new TrainingWork(options, this.process, this.files);
    this.current = this.files.restore();
    this.files.sweep(Date.now()).catch((error: unknown) => log.warn(`training: ${String(error)}`));
    this.handlers = {
      ...tasks.background({
        startTraining: ({ begun, settings }) => this.start(begun, settings),
        pauseTraining: () => this.end('pause'),
        resumeTraining: () => this.resume(),
        stopTraining: () => this.end('stop'),
        closeTraining: () => this.close(),
        useTrained: async ({ begun }) => options.use(await this.work.learned(this.training(begun))),
        evaluateTrained: ({ begun }) => this.evaluate(this.training(begun)),
      }),
      ...trainingReads({
        training: (begun) => this.training(begun),
        plan: (record, settings) => this.work.plan(record, settings),
        place: (record) => this.files.place(record),
        process: this.process,
        treeOf: options.treeOf,
      }),
    };
  }

  get state(): Pick<PanelState, 'training'> {
    return { training: this.current?.view };
  }

  /** Reads a folder and asks for the settings; throws what it cannot be trained on. */
  async begin(uri: string): Promise<PanelTraining> {
    this.wantRest();
    const { session, treeOf } = this.options;
    const { document } = session;
    const why = whyNotTrained(document);
    if (why !== undefined) throw new Error(why);
    const folder = await readTrainingFolder(treeOf(uri), imageNetLabels);
    const [first] = folder.pictures;
    if (treeOf(uri).file(first?.path ?? []).path === undefined) {
      throw new Error(`${folder.label} is not on this machine: train on a folder of its disks`);
    }
    this.wantRest();
    const { trained: isTrained } = session.weightsOf(document.id);
    const data = trainingData(folder);
    const settings = defaultSettings({ documentId: document.id, isTrained, data });
    if (this.current) await this.files.forget(this.current);
    this.current = new TrainingRecord({ begun: this.now(), uri, folder, settings });
    this.tell();
    return this.current.view;
  }

  /** Trains from the beginning; resolves when that has ended or is paused. */
  async start(begun: number, settings: TrainingSettings): Promise<PanelTraining> {
    let record = this.training(begun);
    this.wantRest();
    const { base } = this.work.plan(record, settings);
    checkSettings(settings, base.network);
    if (record.status !== 'asking') {
      const again = new TrainingRecord({ ...record.of, begun: this.now() });
      await this.files.handOn(record, again);
      record = again;
    }
    record.settings = settings;
    const choice = this.options.session.weightsChoiceOf(base.id);
    if (settings.start === 'fresh') record.seed = settings.seed;
    else if (choice.kind === 'random') record.seed = choice.seed;
    this.current = record;
    await this.run(record);
    return record.view;
  }

  /** Goes on where it was paused, or cut. */
  async resume(): Promise<void> {
    const record = this.current;
    if (record?.status === 'paused') await this.run(record);
  }

  /** Pauses what is under way, or stops it for good; what was learned until the last checkpoint stays. */
  async end(how: 'pause' | 'stop'): Promise<void> {
    const record = this.current;
    if (!record) return;
    if (record.isUnderWay) {
      this.wanted = how;
      this.interrupt.abort(new CancelledError());
      if (record.status === 'running') await this.process.ask('pauseTraining', undefined);
    } else if (how === 'stop' && record.status === 'paused') {
      await this.finish(record, 'stopped');
    }
  }

  /** Forgets a training that is over; one that is paused has to be stopped first, which keeps what it learned. */
  async close(): Promise<void> {
    const record = this.current;
    if (!record || record.isUnderWay || record.status === 'paused') return;
    this.current = undefined;
    this.process.end();
    this.tell();
    await this.files.forget(record);
  }

  dispose(): void {
    this.isDisposed = true;
    this.process.end();
  }

  private async run(record: TrainingRecord): Promise<void> {
    this.wanted = undefined;
    this.interrupt = new AbortController();
    record.why = undefined;
    record.status = 'preparing';
    record.prepared = 0;
    this.tell();
    try {
      await this.files.keep(record);
      const { signal } = this.interrupt;
      await this.work.open(record, {
        signal,
        onPrepared: (fraction) => {
          record.prepared = fraction;
          this.tell();
        },
      });
      signal.throwIfAborted();
      record.status = 'running';
      await this.files.keep(record);
      this.tell();
      // What a person asked for meanwhile came before the run that it was meant for.
      signal.throwIfAborted();
      const ended = await this.process.run((news) => this.take(record, news));
      if (ended === 'done') await this.finish(record, 'done');
      else throw new CancelledError();
    } catch (error) {
      await this.afterEnd(record, error);
    }
  }

  private async afterEnd(record: TrainingRecord, error: unknown): Promise<void> {
    try {
      const isStopped = isCancellation(error) && this.wanted === 'stop';
      if (isStopped || isOf('DivergenceError', error)) {
        await this.finish(record, isStopped ? 'stopped' : 'failed', isStopped ? undefined : error);
        return;
      }
    } catch (problem) {
      log.warn(`training: ${String(problem)}`);
      record.why = describeError(problem);
    }
    const isLost = record.status === 'preparing' && record.checkpoint.step === 0;
    record.status = isLost && !isCancellation(error) ? 'failed' : 'paused';
    if (!isCancellation(error) && !this.isDisposed) record.why = interruptedWords(error, isLost);
    record.prepared = undefined;
    record.progress = { ...record.progress, ...cut(record) };
    record.version += 1;
    await this.files.keep(record).catch((why: unknown) => log.warn(`training: ${String(why)}`));
    this.tell();
  }

  /** It is over: what was learned becomes a network like any other. */
  private async finish(
    record: TrainingRecord,
    status: 'done' | 'stopped' | 'failed',
    error?: unknown,
  ): Promise<void> {
    if (record.checkpoint.step > 0) await this.work.keepLearned(record);
    record.status = status;
    record.why = error === undefined ? undefined : describeError(error);
    record.prepared = undefined;
    record.version += 1;
    await this.process.rememberPictures(record, this.files.place(record));
    this.process.end();
    await this.files.endUp(record);
    this.tell();
  }

  private take(record: TrainingRecord, news: Parameters<TrainingRecord['take']>[0]): void {
    const now = Date.now();
    record.take(news, now);
    if (news.kind === 'checkpoint') {
      this.files.keep(record).catch((error: unknown) => log.warn(`training: ${String(error)}`));
    }
    if (now - this.told.version >= versionMilliseconds) {
      record.version += 1;
      this.told.version = now;
    }
    if (news.kind !== 'step' || now - this.told.at >= tellMilliseconds) this.tell();
  }

  private async evaluate(record: TrainingRecord): Promise<void> {
    await this.options.use(await this.work.learned(record));
    await this.options.evaluate(this.work.heldOut(record));
  }

  /** Two that begin in the same millisecond are two all the same. */
  private now(): number {
    return Math.max(Date.now(), (this.current?.begun ?? 0) + 1);
  }

  private wantRest(): void {
    const { current } = this;
    if (!current || (!current.isUnderWay && current.status !== 'paused')) return;
    const { label } = current.of.folder;
    throw new Error(`a training on ${label} is under way: stop it before you begin another`);
  }

  private tell(): void {
    if (this.isDisposed) return;
    this.told.at = Date.now();
    this.options.onChange(this.state);
  }

  /** The training that was meant; another one may have begun since the page asked. */
  private training(begun: number): TrainingRecord {
    if (this.current?.begun === begun) return this.current;
    throw new Error('that training is not kept any more; train on the folder again');
  }
}

/** Where a training that was cut will go on. */
function cut({ checkpoint, progress }: TrainingRecord) {
  return { step: checkpoint.step, history: progress.history.slice(0, checkpoint.epochs) };
}

function interruptedWords(error: unknown, isLost: boolean): string {
  const sentence = describeError(error);
  if (isLost || !(error instanceof ClosedError)) return sentence;
  return `${sentence.slice(0, -1)}; resume the training to go on from its last checkpoint.`;
}
