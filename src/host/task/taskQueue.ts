import { Exclusive } from '../../protocol/exclusive';
import type { HostMethods, PanelState, Work } from '../../protocol/panelProtocol';
import type { Handlers } from '../../protocol/rpc';
import { describeError } from '../errors';
import { log } from '../log';
import { isCancellation, Task, type Rank, type TaskContext, type TaskOptions } from './task';

/** Where tasks and problems are shown. */
export interface TaskView {
  /** Whether a person sees what `update` changes. */
  readonly visible: boolean;
  update(change: Partial<Pick<PanelState, 'work' | 'problem'>>): void;
  showError(sentence: string): void;
  /** Shows a task that a person asked for until it ends, in the status bar or in a notification that can cancel it. */
  showProgress(task: Task, place: 'statusBar' | 'notification'): void;
}

interface AskOptions {
  /** `panel`: nobody asked for it just now, so that it is seen in the panel or not at all. */
  readonly place?: 'statusBar' | 'notification' | 'panel';
  /** Pictures wait for it instead of ending it. */
  readonly isWaitedFor?: boolean;
}

interface ReadOptions {
  readonly signal?: AbortSignal;
  /** It takes long, and what a person asks for next ends it. */
  readonly givesWay?: boolean;
}

/** What each click of the page does. */
export type Clicks<K extends keyof HostMethods> = {
  readonly [M in K]: (params: HostMethods[M]['params']) => unknown;
};

type TaskWork<T> = (task: Task) => Promise<T>;

/** All work under way, and what went wrong last. The engine takes one turn at a time; what a person asks for ends what was asked before. */
export class TaskQueue {
  private readonly exclusive = new Exclusive();
  private readonly tasks = new Set<Task>();
  private readonly givingWay = new Set<Task>();
  private asked: Task | undefined;
  private shownProblem: string | undefined;
  private isShown = false;

  constructor(private readonly view: TaskView) {}

  get state(): Pick<PanelState, 'work' | 'problem'> {
    return { work: this.work, problem: this.shownProblem };
  }

  /** Runs what a person asked for, in place of what was asked before; shows an error once and does not pass it on. */
  async ask(title: string, work: TaskWork<void>, options: AskOptions = {}): Promise<void> {
    const { place = 'statusBar', isWaitedFor } = options;
    this.asked?.cancel();
    this.giveWay();
    const task = this.begin(title, 'asked', { isWaitedFor });
    this.asked = task;
    // What went wrong before stays in sight until a person does something about it.
    if (place !== 'panel') this.setProblem(undefined);
    this.show();
    if (place !== 'panel') this.view.showProgress(task, place);
    try {
      await work(task);
    } catch (error) {
      if (isCancellation(error)) log.info(`${title}: cancelled`);
      else this.showProblem(error, { quiet: place === 'panel' });
    } finally {
      this.end(task);
    }
  }

  /** Ends what takes long and goes after what a person asks for. */
  giveWay(): void {
    for (const read of this.givingWay) read.cancel();
  }

  /** Runs what the page reads beside other work; what goes wrong is for the page to say. */
  async read<T>(
    title: string,
    work: TaskWork<T>,
    { signal, givesWay = false }: ReadOptions = {},
  ): Promise<T> {
    const task = this.begin(title, 'read', { signal });
    if (givesWay) this.givingWay.add(task);
    try {
      return await this.run(task, work);
    } finally {
      this.givingWay.delete(task);
    }
  }

  /** Runs work that is not shown; errors and cancelling are the caller's. */
  serve<T>(title: string, work: TaskWork<T>, signal?: AbortSignal): Promise<T> {
    return this.run(this.begin(title, 'served', { signal }), work);
  }

  /** Runs work that nobody waits for and that loads a network's weights first; a failure is only logged. */
  idle(title: string, loads: string, work: TaskWork<void>): void {
    if (this.idleTask?.loads === loads) return;
    this.idleTask?.cancel();
    this.run(this.begin(title, 'idle', { loads }), work).catch((error: unknown) => {
      if (!isCancellation(error)) log.warn(`${title}: ${String(error)}`);
    });
  }

  /** Ends idle work that loads the weights of another network. */
  endIdleBut(network: string): void {
    if (this.idleTask?.loads !== network) this.idleTask?.cancel();
  }

  /** Whether something is under way that was asked for. */
  get isBusy(): boolean {
    return this.asked !== undefined;
  }

  /** Resolves when nothing is under way that pictures wait for. */
  async ready(): Promise<void> {
    if (this.asked?.isWaitedFor) await this.asked.ended;
  }

  /** Ends what is shown. */
  cancel(): void {
    if (this.asked) this.asked.cancel();
    else for (const task of this.ofRank('read')) task.cancel();
  }

  /** Handlers of the page's clicks, whose answer is what the panel shows next: what goes wrong is shown. */
  background<K extends keyof HostMethods>(clicks: Clicks<K>): Pick<Handlers<HostMethods>, K> {
    const entries = Object.entries<(params: never) => unknown>(clicks);
    const handlers = entries.map(([name, click]) => [
      name,
      (params: never) => void this.attempt(async () => await click(params)),
    ]);
    return Object.fromEntries(handlers) as Pick<Handlers<HostMethods>, K>;
  }

  /** Shows what goes wrong, and does not pass it on. */
  async attempt(work: () => PromiseLike<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.showProblem(error);
    }
  }

  dismissProblem(): void {
    this.setProblem(undefined);
  }

  dispose(): void {
    for (const task of this.tasks) if (task.rank !== 'served') task.cancel();
  }

  private begin(
    title: string,
    rank: Rank,
    options: Pick<TaskOptions, 'loads' | 'isWaitedFor' | 'signal'> = {},
  ): Task {
    const turn: TaskContext['turn'] = (work, need) => {
      // A turn goes before idle work: it joins what loads its own weights, and ends anything else.
      const idle = rank === 'idle' ? undefined : this.idleTask;
      if (!idle?.join(need)) idle?.cancel();
      return this.exclusive.run(work, task.signal);
    };
    const task: Task = new Task({ title, rank, turn, ...options });
    const showProgress = unhurried(() => {
      if (this.shownTask === task) this.show();
    });
    task.onProgress(showProgress);
    this.tasks.add(task);
    return task;
  }

  private async run<T>(task: Task, work: TaskWork<T>): Promise<T> {
    try {
      return await work(task);
    } finally {
      this.end(task);
    }
  }

  private end(task: Task): void {
    const wasShown = this.shownTask === task;
    this.tasks.delete(task);
    if (this.asked === task) this.asked = undefined;
    task.end();
    if (wasShown) this.show();
  }

  private get idleTask(): Task | undefined {
    return this.ofRank('idle').find(({ signal }) => !signal.aborted);
  }

  private ofRank(rank: Rank): readonly Task[] {
    return [...this.tasks].filter((task) => task.rank === rank);
  }

  /** What a person sees of all this: what they asked for, else what the page reads. */
  private get shownTask(): Task | undefined {
    return this.asked ?? this.ofRank('read').findLast(({ progress }) => progress);
  }

  private get work(): Work | undefined {
    const task = this.shownTask;
    if (!task) return undefined;
    const { title, progress } = task;
    return { what: progress?.what ?? title, fraction: progress?.fraction, cancellable: true };
  }

  private show(): void {
    const { work } = this;
    if (work || this.isShown) this.view.update({ work });
    this.isShown = work !== undefined;
  }

  /** Shows what went wrong; quietly: in the panel or, where nobody sees that, in the log only. */
  showProblem(error: unknown, { quiet = false } = {}): void {
    const sentence = describeError(error);
    log.error(sentence);
    if (this.view.visible) this.setProblem(sentence);
    else if (!quiet) this.view.showError(sentence);
  }

  private setProblem(problem: string | undefined): void {
    if (problem === this.shownProblem) return;
    this.shownProblem = problem;
    this.view.update({ problem });
  }
}

/**
 * A call that is passed on at once, then at most once in so many milliseconds; the last one is never lost, though late.
 * For what a person sees, who reads no more than ten changes a second.
 */
function unhurried(call: () => void, milliseconds = 100): () => void {
  let pausing = false;
  let isWanted = false;
  const pass = (): void => {
    pausing = true;
    isWanted = false;
    call();
    setTimeout(() => {
      pausing = false;
      if (isWanted) pass();
    }, milliseconds).unref();
  };
  return () => {
    if (pausing) isWanted = true;
    else pass();
  };
}
