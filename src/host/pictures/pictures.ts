import type { HostMethods, PanelState, RunView } from '../../protocol/panelProtocol';
import type { Handlers } from '../../protocol/rpc';
import type { FileRef, Moved } from '../fileRef';
import type { Task, TaskContext } from '../task/task';
import type { TaskQueue } from '../task/taskQueue';
import type { PreprocessChoices } from '../session/preprocessChoices';
import type { Session, SessionRun } from '../session/session';
import { Choices, isSameWish, type Wish } from './choices';
import { goThrough } from './goThrough';
import { KeptViews } from './keptViews';
import { ShownRun, type Origin } from './shownRun';
import type { PictureResult, Strip, StripEntry } from './strip';
import { stripResult } from './stripResult';
import { Strips, type EarlierList } from './strips';

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
  | 'showPicture'
  | 'stepPicture'
  | 'classifyWaiting'
  | 'closePictures'
  | 'reopenPictures'
  | 'followPictures'
  | 'thumbnail';

interface Manner {
  /** It was not asked for just now: seen in the panel only, and nothing is offered. */
  readonly quiet?: boolean;
  /** Hears what goes wrong, instead of the person. */
  readonly onFailure?: (error: Error) => void;
}

/** The pictures that a person asks about: those under way, those to step through, the one that is shown. */
export class Pictures {
  readonly handlers: Pick<Handlers<HostMethods>, PictureMethod>;
  readonly choices: Choices;
  readonly shown: ShownRun;
  private readonly strips = new Strips();
  private readonly views: KeptViews;
  /** Goes through the pictures now; one that was given up is not this one any more. */
  private task: Task | undefined;
  /** The shown picture runs again by itself: ends with it, and with what was stepped to meanwhile. */
  private renewed: Promise<unknown> | undefined;
  /** What its present picture runs with. */
  private wish: Wish | undefined;

  constructor(private readonly options: PicturesOptions) {
    this.choices = new Choices(options.session, options.preprocessing);
    this.shown = new ShownRun(this.choices);
    this.views = new KeptViews((runId) => options.session.runs.holds(runId));
    this.handlers = {
      ...options.tasks.background({
        showPicture: ({ id }) => this.goTo(id),
        stepPicture: ({ by }) => this.step(by),
        classifyWaiting: () => this.classifyWaiting(),
        reopenPictures: () => this.reopen(),
      }),
      closePictures: () => this.close(),
      followPictures: ({ follow }) => this.follow(follow),
      thumbnail: ({ id }) => this.strips.thumbnail(id),
    };
  }

  get run(): RunView | undefined {
    return this.shown.run;
  }

  /** The pictures that are stepped through, in order; the one alone that is shown where there are none. */
  get listed(): Pick<Strip, 'files' | 'leftOut'> {
    const { file } = this.shown;
    return this.strip ?? { files: file ? [file] : [], leftOut: 0 };
  }

  /** Whether what runs, or else what is shown, is of other choices than those of now. */
  get isBehind(): boolean {
    return this.task ? !isSameWish(this.wish, this.choices.wish) : this.shown.isOutdated;
  }

  get isWorking(): boolean {
    return this.task !== undefined;
  }

  get state(): Pick<PanelState, 'pictures' | 'picturesAside'> {
    const { current, sizeAside } = this.strips;
    return { pictures: current?.view(this.choices.key), picturesAside: sizeAside };
  }

  /** What is known of these of several pictures. */
  results(ids: readonly number[]): readonly PictureResult[] {
    return ids.flatMap((id) => this.strip?.result(id, this.choices.key) ?? []);
  }

  /** A run that was made elsewhere. */
  show(run: SessionRun): void {
    const id = this.strip?.idOf(run.file);
    if (id === undefined && !this.task) this.strips.leave();
    if (id !== undefined) this.note(id, run);
    this.present(id, run.view, { file: run.file, key: this.choices.keyFor(run) });
  }

  /** No picture runs any more: other work comes in between, or all have run. */
  stop(): void {
    this.task = undefined;
    this.strip?.stop();
    this.options.onChanged();
  }

  /** Shows each picture as it is done, until the person steps by hand; gives the last shown. One alone joins the strip. */
  async classify(files: readonly FileRef[], leftOut = 0): Promise<SessionRun | undefined> {
    return await this.work(this.strips.take(files, leftOut));
  }

  /** What is under way, else what is shown; a run of the same that is still held is shown instead. */
  async classifyAgain(): Promise<void> {
    await this.options.tasks.ready();
    const { task, strip } = this;
    const { file } = this.shown;
    const id = strip?.idOf(file);
    if (task && strip) {
      strip.askShownAgain();
      strip.resume();
    } else if (strip && id !== undefined) {
      if (this.showKept(strip, id)) return;
      strip.ask(id);
    } else if (file) this.strips.take([file], 0);
    if (!this.strip) return;
    this.renewed = this.work(this.strip, { quiet: true });
    await this.renewed;
  }

  /** Takes up pictures of an earlier window and runs the one that was shown then. */
  async bringBack({ files, at, leftOut }: EarlierList, onFailure: (error: Error) => void) {
    const strip = this.strips.take(files, leftOut);
    // The others wait for the person.
    strip.stop();
    const id = strip.idOf(files[at]);
    if (id === undefined) return;
    strip.ask(id);
    await this.work(strip, { quiet: true, onFailure });
  }

  /** Lets go of earlier runs of a picture: its file has changed. */
  forgetRuns(file: FileRef): void {
    const id = this.strip?.idOf(file);
    if (id !== undefined) this.views.forget(id);
  }

  /** Files have other names now, or lie elsewhere. */
  rename(moved: Moved): void {
    this.strips.rename(moved);
    const shown = this.shown.rename(moved);
    if (shown) this.options.onShown(shown);
    else this.options.onChanged();
  }

  clear(): void {
    this.leaveOff();
    this.strips.forget();
    this.shown.clear();
  }

  /** Goes to the picture before or after; gives its run's number unless several others are under way. Throws where there are none. */
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
    strip.ask(id);
    options.tasks.dismissProblem();
    const kept = this.showKept(strip, id);
    if (kept) return kept.runId;
    options.onChanged();
    await options.tasks.ready();
    if (this.strip !== strip) return undefined;
    if (!this.task) return (await this.work(strip))?.view.runId;
    await this.renewed;
    return this.shown.file?.uri === strip.entry(id).file.uri ? this.run?.runId : undefined;
  }

  private async classifyWaiting(): Promise<void> {
    await this.options.tasks.ready();
    const { strip } = this;
    if (!strip || this.task) return;
    strip.queueWaiting(this.choices.key);
    await this.work(strip);
  }

  private close(): void {
    this.leaveOff();
    this.strips.close();
    this.options.onChanged();
  }

  /** The pictures that were closed or made way for others are there again, at the one where the person was. */
  private async reopen(): Promise<void> {
    this.leaveOff();
    const strip = this.strips.goBack();
    this.options.onChanged();
    const id = strip?.place ?? strip?.neighbour(1);
    if (id !== undefined) await this.goTo(id);
  }

  private leaveOff(): void {
    this.task?.cancel();
    this.stop();
  }

  private follow(follow: boolean): void {
    this.strip?.follow(follow);
    this.options.onChanged();
  }

  /** Runs what the strip has to run until nothing is left; what a person steps to meanwhile comes first. */
  private async work(strip: Strip, { quiet = false, onFailure }: Manner = {}) {
    let last: SessionRun | undefined;
    const run = async (task: Task): Promise<void> => {
      this.task = task;
      let failure: Error | undefined;
      try {
        failure = await goThrough(strip, task, {
          onTurn: () => {
            this.wish = this.choices.wish;
            this.options.onChanged();
          },
          classify: async (entry, part) => {
            last = (await this.classifyOne(strip, entry, part)) ?? last;
          },
        });
      } finally {
        if (this.task === task) this.stop();
      }
      if (failure && !onFailure) throw failure;
      if (failure) onFailure?.(failure);
    };
    await this.options.tasks.ask('classifying', run, { place: quiet ? 'panel' : 'statusBar' });
    if (last && !last.view.trained && !quiet) this.options.onUntrained();
    return last;
  }

  /** Gives the run where it was made to be shown. */
  private async classifyOne(
    strip: Strip,
    { id, file }: StripEntry,
    task: TaskContext,
  ): Promise<SessionRun | undefined> {
    const passing = !strip.isToBeShown(id);
    const run = await this.choices.classify(file, task, { passing });
    task.signal.throwIfAborted();
    const key = this.note(id, run);
    if (passing) return undefined;
    if (strip.isToBeShown(id)) this.present(id, run.view, { file, key });
    return run;
  }

  /** Gives what made the run. */
  private note(id: number, run: SessionRun): string {
    const result = stripResult(run);
    this.strip?.ran(id, result);
    this.views.add(id, result.contextKey, run.view);
    return result.contextKey;
  }

  /** Shows a run of a picture with what is chosen now, if the engine still holds one. */
  private showKept(strip: Strip, id: number): RunView | undefined {
    const { key } = this.choices;
    const kept = this.views.get(id, key);
    const { file } = strip.entry(id);
    if (kept) this.present(id, { ...kept, name: file.label }, { file, key });
    return kept;
  }

  private present(id: number | undefined, view: RunView, origin: Origin): void {
    this.shown.show(view, origin);
    this.strip?.show(id);
    this.options.onShown(view);
  }

  private get strip(): Strip | undefined {
    return this.strips.current;
  }
}
