import type { RgbPicture } from '../../protocol/engineProtocol';
import type { HostMethods, RunView } from '../../protocol/panelProtocol';
import type { PictureStrip } from '../../protocol/pictureStrip';
import type { Handlers } from '../../protocol/rpc';
import { describeError } from '../errors';
import type { FileRef } from '../fileRef';
import { log } from '../log';
import { isCancellation, partOf, type Task, type TaskContext } from '../task/task';
import type { TaskQueue } from '../task/taskQueue';
import type { PreprocessChoices } from '../session/preprocessChoices';
import type { Session, SessionRun } from '../session/session';
import { KeptViews } from './keptViews';
import { Strip } from './strip';

interface PicturesOptions {
  readonly session: Session;
  readonly preprocessing: PreprocessChoices;
  readonly tasks: TaskQueue;
  readonly onShown: (run: RunView) => void;
  /** What is known of the pictures has changed. */
  readonly onChanged: () => void;
  /** A picture was classified with untrained weights. */
  readonly onUntrained: () => void;
}

type PictureMethod =
  'showPicture' | 'stepPicture' | 'classifyWaiting' | 'closePictures' | 'thumbnail';

/** The pictures that a person asks about: those under way, those to step through, the one that is shown. */
export class Pictures {
  readonly handlers: Pick<Handlers<HostMethods>, PictureMethod>;
  private shown: { readonly file: FileRef; readonly view: RunView } | undefined;
  private strip: Strip | undefined;
  private ids = 0;
  private readonly views: KeptViews;
  /** Goes through the pictures now; one that was given up is not this one any more. */
  private task: Task | undefined;

  constructor(private readonly options: PicturesOptions) {
    const { runs } = options.session;
    this.views = new KeptViews((runId) => runs.holds(runId));
    this.handlers = {
      ...options.tasks.background({
        showPicture: ({ id }) => this.goTo(id),
        stepPicture: ({ by }) => this.step(by),
        classifyWaiting: () => this.classifyWaiting(),
      }),
      closePictures: () => this.close(),
      thumbnail: ({ id }) => this.thumbnail(id),
    };
  }

  get run(): RunView | undefined {
    return this.shown?.view;
  }

  get state(): PictureStrip | undefined {
    return this.strip?.view(this.contextKey());
  }

  /** The picture that is shown, where untrained weights were asked about it. */
  get untrained(): FileRef | undefined {
    return this.shown?.view.trained === false ? this.shown.file : undefined;
  }

  /** A run that was made elsewhere. */
  show(run: SessionRun): void {
    const id = this.strip?.idOf(run.file);
    if (id === undefined && !this.task) this.strip = undefined;
    if (id !== undefined) this.note(id, run);
    this.present(id, run.file, run.view);
  }

  /** No picture runs any more: other work comes in between, or all have run. */
  stop(): void {
    this.task = undefined;
    this.strip?.stop();
    this.options.onChanged();
  }

  /** Classifies pictures one after the other and shows each, until the person steps by hand; gives the last that was shown. */
  async classify(files: readonly FileRef[], leftOut = 0): Promise<SessionRun | undefined> {
    const [only] = files;
    const id = files.length === 1 && only ? this.strip?.idOf(only) : undefined;
    if (this.strip && id !== undefined) {
      this.strip.resume();
      this.strip.ask(id);
      return await this.work(this.strip);
    }
    const once = new Map(files.map((file) => [file.uri, file]));
    this.views.clear();
    this.strip = new Strip([...once.values()], { leftOut, nextId: () => ++this.ids });
    this.strip.begin();
    return await this.work(this.strip);
  }

  /** What is under way, else what is shown. */
  async classifyAgain(): Promise<void> {
    await this.options.tasks.ready();
    const { task, strip, shown } = this;
    if (task && strip) {
      strip.askShownAgain();
      strip.resume();
      await this.work(strip);
    } else if (shown) await this.classify([shown.file]);
  }

  /** Goes to the picture before or after; gives its run's number unless other pictures are under way. Throws where there are none. */
  async step(by: 1 | -1): Promise<number | undefined> {
    const { strip } = this;
    if (!strip || strip.size < 2) {
      throw new Error('there are no pictures to step through; classify several, or a folder');
    }
    const id = strip.neighbour(by);
    return id === undefined ? undefined : await this.goTo(id);
  }

  /** Shows a run that is still held, else has the picture run next. */
  private async goTo(id: number): Promise<number | undefined> {
    const { strip, options } = this;
    if (!strip) return undefined;
    const { file } = strip.entry(id);
    strip.ask(id);
    options.tasks.dismissProblem();
    const kept = this.views.get(id, this.contextKey());
    if (kept) {
      this.present(id, file, kept);
      return kept.runId;
    }
    options.onChanged();
    await options.tasks.ready();
    if (this.task || this.strip !== strip) return undefined;
    const run = await this.work(strip);
    return run?.view.runId;
  }

  private async classifyWaiting(): Promise<void> {
    await this.options.tasks.ready();
    const { strip } = this;
    if (!strip || this.task) return;
    strip.queueWaiting(this.contextKey());
    await this.work(strip);
  }

  private close(): void {
    this.task?.cancel();
    this.stop();
    this.strip = undefined;
    this.options.onChanged();
  }

  private thumbnail(id: number): RgbPicture {
    const entry = this.strip?.entry(id);
    if (entry?.result) return entry.result.thumbnail;
    throw new Error(`picture ${id} has no thumbnail yet`);
  }

  /** Runs what the strip has to run until nothing is left; what a person steps to meanwhile comes first. */
  private async work(strip: Strip): Promise<SessionRun | undefined> {
    let last: SessionRun | undefined;
    await this.options.tasks.ask('classifying', async (task) => {
      this.task = task;
      // One may run twice: when its turn comes, and when the person goes to it.
      const failures = new Map<number, unknown>();
      const done = new Set<number>();
      try {
        for (let entry = strip.next(); entry; entry = strip.next()) {
          task.signal.throwIfAborted();
          this.options.onChanged();
          const part = partOf(
            task,
            (fraction) => (done.size + fraction) / (done.size + 1 + strip.left),
          );
          try {
            failures.delete(entry.id);
            last = (await this.classifyOne(strip, entry, part)) ?? last;
          } catch (error) {
            if (isCancellation(error)) throw error;
            failures.set(entry.id, error);
            log.error(describeError(error));
            strip.failed(entry.id, describeError(error));
          }
          done.add(entry.id);
        }
      } finally {
        if (this.task === task) this.stop();
      }
      throwFailures([...failures.values()], done.size);
    });
    if (last && !last.view.trained) this.options.onUntrained();
    return last;
  }

  /** Gives the run where it was made to be shown. */
  private async classifyOne(
    strip: Strip,
    { id, file }: { readonly id: number; readonly file: FileRef },
    task: TaskContext,
  ): Promise<SessionRun | undefined> {
    const { session, preprocessing } = this.options;
    const passing = !strip.isToBeShown(id);
    const run = await session.classify(file, task, {
      passing,
      preprocess: (documentId) => preprocessing.parts(documentId),
    });
    task.signal.throwIfAborted();
    this.note(id, run);
    if (passing) return undefined;
    if (strip.isToBeShown(id)) this.present(id, file, run.view);
    return run;
  }

  private note(id: number, { view, thumbnail, weightsId }: SessionRun): void {
    const { runId, trained, documentId, preprocess } = view;
    const [best] = view.predictions;
    if (!best) return;
    const { label, probability } = best;
    const contextKey = contextKeyOf({ documentId, weightsId, preprocess });
    this.strip?.ran(id, { runId, label, probability, trained, thumbnail, contextKey });
    this.views.add(id, { view, contextKey });
  }

  private present(id: number | undefined, file: FileRef, view: RunView): void {
    this.shown = { file, view };
    this.strip?.show(id);
    this.options.onShown(view);
  }

  /** What a picture would be classified with now. */
  private contextKey(): string {
    const { session, preprocessing } = this.options;
    const { documentId, weightsId } = session;
    return contextKeyOf({
      documentId,
      weightsId,
      preprocess: preprocessing.of(documentId).settings,
    });
  }
}

function contextKeyOf({
  documentId,
  weightsId,
  preprocess,
}: Pick<RunView, 'documentId' | 'preprocess'> & Pick<SessionRun, 'weightsId'>): string {
  return JSON.stringify([documentId, weightsId, preprocess]);
}

function throwFailures(failures: readonly unknown[], count: number): void {
  if (failures.length === 0) return;
  if (failures.length === 1) throw failures[0];
  throw new Error(
    `${failures.length} of ${count} pictures failed, the first: ${describeError(failures[0])}`,
  );
}
