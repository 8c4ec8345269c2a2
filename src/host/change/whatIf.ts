import { classReading } from '../../network/classReading';
import type { RunChanges } from '../../protocol/changedRun';
import type { PanelState, RunView } from '../../protocol/panelProtocol';
import type { Handlers } from '../../protocol/rpc';
import type { ChangedRunView, PanelChanges } from '../../protocol/whatIf';
import type { EngineClient } from '../engine/engineClient';
import type { Pictures } from '../pictures/pictures';
import type { Session } from '../session/session';
import { isCancellation, type Task } from '../task/task';
import type { TaskQueue } from '../task/taskQueue';
import type { UpToDate } from '../upToDate/upToDate';
import { changedView } from './changedView';
import { changeRun, type MadeRun } from './changeRun';
import { changesNothing, withChannels, withErased } from './runChanges';

type WhatIfParts = Pick<PanelState, 'whatIf' | 'changed'>;

interface WhatIfOptions {
  readonly session: Pick<Session, 'aboutRun' | 'runs' | 'documents' | 'onDidChange'>;
  readonly engine: Pick<EngineClient, 'onDidChange'>;
  readonly tasks: Pick<TaskQueue, 'serve' | 'background' | 'giveWay' | 'showProblem'>;
  readonly pictures: Pick<Pictures, 'run' | 'shown'>;
  readonly upToDate: Pick<UpToDate, 'held'>;
  /** Told what changed: the changed run only where it is another. */
  readonly onChange: (change: Partial<WhatIfParts>) => void;
}

/** All that was changed so far; areas of one stroke are one step. */
interface Step {
  readonly changes: RunChanges;
  /** Its number. */
  readonly wish: number;
  readonly stroke?: number;
}

/** A run that is being changed. */
interface Changing {
  readonly run: RunView;
  readonly steps: readonly Step[];
}

/**
 * The run on screen as it would have been with channels off or parts of its picture erased. It ends with the run: another
 * picture, other weights, another network, an engine that went away.
 */
export class WhatIf {
  readonly handlers: Handlers<PanelChanges>;
  private current: Changing | undefined;
  private changed: ChangedRunView | undefined;
  /** Makes what is wanted; what is wanted by then is made next, so that none waits in a queue. */
  private task: Task | undefined;
  private wishes = 0;

  constructor(private readonly options: WhatIfOptions) {
    this.handlers = {
      ...options.tasks.background({
        switchChannels: ({ of, ...switched }) =>
          this.change(of, (changes) => withChannels(changes, switched)),
        erase: ({ of, stroke, ...erased }) =>
          this.change(of, (changes) => withErased(changes, erased), stroke),
      }),
      undoChange: () => {
        const { current } = this;
        if (current) this.take({ ...current, steps: current.steps.slice(0, -1) });
      },
      resetChanges: () => this.end(),
    };
    options.engine.onDidChange(() => this.check());
    options.session.onDidChange(() => this.check());
  }

  get state(): WhatIfParts {
    const { current, changed } = this;
    const last = current?.steps.at(-1);
    if (!current || !last) return { whatIf: undefined, changed: undefined };
    const { changes, wish } = last;
    const { runId: of } = current.run;
    return { whatIf: { of, changes, steps: current.steps.length, wish }, changed };
  }

  /** What is shown may be another run, or of other choices than those of now. */
  check(): void {
    const { current, changed } = this;
    if (!current) return;
    const { session, pictures } = this.options;
    const isShown = pictures.run?.runId === current.run.runId && !pictures.shown.isOutdated;
    const lost = [current.run, changed].some((run) => run && !session.runs.holds(run.runId));
    if (!isShown || lost) this.end();
  }

  /** A changed run that was made elsewhere; shown where it is of the run on screen. */
  show(made: MadeRun, from: number, changes: RunChanges): void {
    const { run } = this.options.pictures;
    if (run?.runId !== from || changesNothing(changes)) {
      // The engine keeps one only: what is shown may have made way.
      this.check();
      return;
    }
    this.task?.cancel();
    this.task = undefined;
    const steps = this.current?.run.runId === from ? this.current.steps : [];
    const step = { changes, wish: ++this.wishes };
    this.current = { run, steps: [...steps, step] };
    this.changed = this.viewOf(made, run, step);
    this.options.onChange(this.state);
  }

  private async change(
    of: number,
    next: (changes: RunChanges) => RunChanges,
    stroke?: number,
  ): Promise<void> {
    const runId = await this.options.upToDate.held(of);
    const { run } = this.options.pictures;
    if (run?.runId !== runId) return;
    const steps = this.current?.run.runId === runId ? this.current.steps : [];
    const last = steps.at(-1);
    const goesOn = stroke !== undefined && last?.stroke === stroke;
    const changes = next(last?.changes ?? {});
    const step = { changes, wish: ++this.wishes, ...(stroke !== undefined && { stroke }) };
    this.take({ run, steps: [...(goesOn ? steps.slice(0, -1) : steps), step] });
  }

  private take(changing: Changing): void {
    const last = changing.steps.at(-1);
    if (!last || changesNothing(last.changes)) {
      this.end();
      return;
    }
    this.current = changing;
    this.options.onChange({ whatIf: this.state.whatIf });
    if (!this.task) void this.make();
  }

  private end(): void {
    if (!this.current) return;
    this.task?.cancel();
    this.task = undefined;
    this.current = this.changed = undefined;
    this.options.onChange(this.state);
  }

  /** Makes runs until the one that is there is of what is wanted. */
  private async make(): Promise<void> {
    const { tasks } = this.options;
    let own: Task | undefined;
    try {
      await tasks.serve('changing the run', async (task) => {
        own = this.task = task;
        for (let wanted = this.wanted; wanted; wanted = this.wanted)
          await this.makeOne(wanted, task);
      });
      if (this.task === own) this.task = undefined;
    } catch (error) {
      // One that was given up has nothing to say.
      if (isCancellation(error) || this.task !== own) return;
      this.end();
      tasks.showProblem(error);
    }
  }

  private async makeOne({ run, step }: Wanted, task: Task): Promise<void> {
    const { session, tasks } = this.options;
    // Maps of what was wanted before.
    tasks.giveWay();
    const made = await changeRun(session, run.runId, step.changes, task);
    task.signal.throwIfAborted();
    this.changed = this.viewOf(made, run, step);
    this.options.onChange({ changed: this.changed });
  }

  private get wanted(): Wanted | undefined {
    const { current, changed } = this;
    const step = current?.steps.at(-1);
    return current && step && changed?.wish !== step.wish ? { run: current.run, step } : undefined;
  }

  private viewOf(
    { runId, ...made }: MadeRun,
    run: RunView,
    { changes, wish }: Step,
  ): ChangedRunView {
    const { labels, network } = this.options.session.documents.get(run.documentId);
    const reading = classReading(network);
    return changedView(made, { runId, of: run.runId, changes, wish, labels, reading });
  }
}

interface Wanted {
  readonly run: RunView;
  readonly step: Step;
}
