import type { PictureNotice, RunView } from '../../protocol/panelProtocol';
import type { Comparison } from '../compare/comparison';
import type { FileRef } from '../fileRef';
import type { Session } from '../session/session';
import type { Task } from '../task/task';
import type { TaskQueue } from '../task/taskQueue';
import { isSameWish, type Wish } from '../pictures/choices';
import type { Pictures } from '../pictures/pictures';

interface RenewalOptions {
  readonly session: Pick<Session, 'runs'>;
  readonly tasks: TaskQueue;
  readonly pictures: Pictures;
  readonly comparison: Comparison;
  /** Whether a person sees the panel: for nobody else has anything to run that was not asked for. */
  readonly isSeen: () => boolean;
  /** What `isRunning` says has changed. */
  readonly onChange: () => void;
}

/** Runs the picture that is shown again when the network, the weights or the preparation are others, or when its run is lost. */
export class Renewal {
  /** The newest run; one before it gives way. */
  private newest: { readonly wish: Wish; readonly done: Promise<void> } | undefined;
  private turns = 0;

  constructor(private readonly options: RenewalOptions) {}

  /** What a person sees of it: undefined where what is shown is of what is chosen. */
  get notice(): Extract<PictureNotice['kind'], 'running' | 'outdated'> | undefined {
    const { pictures } = this.options;
    if (!pictures.shown.isOutdated) return undefined;
    return this.newest || pictures.isWorking ? 'running' : 'outdated';
  }

  /** Something that results follow from may have changed, or a person looks again. */
  check(): void {
    const { pictures, isSeen } = this.options;
    if (!isSeen() || !pictures.isBehind) return;
    if (!isSameWish(this.newest?.wish, pictures.choices.wish)) void this.run();
  }

  /** Runs what is shown with what is chosen now, in place of a run of it that is under way. */
  run(): Promise<void> {
    const { pictures, tasks, onChange } = this.options;
    const turn = ++this.turns;
    const isNewest = (): boolean => turn === this.turns;
    const done = tasks
      .attempt(() => this.renew(isNewest))
      .then(() => {
        if (!isNewest()) return;
        this.newest = undefined;
        onChange();
      });
    this.newest = { wish: pictures.choices.wish, done };
    // Who told of the change goes on first: the page hears of the new network and of this in one.
    queueMicrotask(onChange);
    return done;
  }

  /** Waits for what is under way, or begins it, seen or not. */
  async catchUp(): Promise<void> {
    if (this.newest) await this.newest.done;
    else if (this.options.pictures.isBehind) await this.run();
  }

  /** The number of a run whose details can be asked for: a new one's where the engine has ended since the shown one. */
  async held(runId: number): Promise<number> {
    const { session, pictures } = this.options;
    if (session.runs.holds(runId) || pictures.run?.runId !== runId) return runId;
    await (this.newest?.done ?? this.run());
    return pictures.run.runId;
  }

  /**
   * Of two pictures that are compared, both run again. In any other comparison the two sides differ in what is chosen:
   * the kept one stays what it is, and the shown one follows the choice.
   */
  private async renew(isNewest: () => boolean): Promise<void> {
    const { pictures, comparison } = this.options;
    const other = this.otherPicture;
    // The list of pictures under way is the strip's: it goes on at once, with the new choice.
    if (other && !pictures.isWorking) {
      const run = await this.runAside(other);
      if (!run || !isNewest()) return;
      comparison.renew(run);
    }
    if (isNewest()) await pictures.classifyAgain();
  }

  /** Of two pictures that are compared the one that is not on screen; undefined where something else is compared. */
  get otherPicture(): FileRef | undefined {
    const { pictures, comparison } = this.options;
    const { shown } = pictures;
    const kept = shown.originOf(comparison.state.reference);
    const origin = shown.originOf(shown.run);
    if (!kept || !origin || kept.file.uri === origin.file.uri) return undefined;
    return kept.key === origin.key ? kept.file : undefined;
  }

  /** Runs a picture and shows nothing; undefined where it was cancelled or failed, which is said. */
  async runAside(file: FileRef): Promise<RunView | undefined> {
    const { tasks, pictures } = this.options;
    await tasks.ready();
    let made: RunView | undefined;
    const work = async (task: Task): Promise<void> => {
      const run = await pictures.choices.classify(file, task);
      made = run.view;
      pictures.shown.note(made, { file, key: pictures.choices.keyFor(run) });
    };
    await tasks.ask('classifying', work, { place: 'panel' });
    return made;
  }
}
