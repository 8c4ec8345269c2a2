import type { PanelComparison, RunView } from '../../protocol/panelProtocol';
import { describeError } from '../errors';
import type { HeldRuns } from '../session/heldRuns';
import type { Task } from '../task/task';
import type { TaskQueue } from '../task/taskQueue';

interface ComparisonOptions {
  readonly runs: Pick<HeldRuns, 'keep' | 'compare'>;
  readonly tasks: Pick<TaskQueue, 'serve'>;
  readonly onChange: (state: PanelComparison | undefined) => void;
}

/** A run that is kept, and how every run after it differs from it. */
export class Comparison {
  private current: PanelComparison | undefined;
  /** The comparison that is being computed; a cancelled one's answer is not shown. */
  private task: Task | undefined;

  constructor(private readonly options: ComparisonOptions) {}

  get state(): PanelComparison | undefined {
    return this.current;
  }

  /** From now on runs are compared with this one; throws where the engine does not hold it any more. */
  async begin(reference: RunView): Promise<void> {
    await this.options.runs.keep(reference.runId);
    this.set({ status: 'waiting', reference, begun: Date.now() });
  }

  /** Compares a run with the one that is kept, if there is one; the page is told what came of it. */
  async follow({ runId }: RunView): Promise<void> {
    this.task?.cancel();
    if (!this.current || this.current.reference.runId === runId) return;
    const { reference, begun } = this.current;
    const { runs, tasks } = this.options;
    await tasks.serve('comparing', async (task) => {
      this.task = task;
      const result = await runs.compare(reference.runId, runId).then(
        (layers): PanelComparison => ({ status: 'ready', reference, begun, runId, layers }),
        (error: unknown): PanelComparison => {
          return { status: 'failed', reference, begun, why: describeError(error) };
        },
      );
      // Another run may have come, or the end.
      if (!task.signal.aborted) this.set(result);
    });
  }

  async end(): Promise<void> {
    if (!this.current) return;
    this.set(undefined);
    await this.options.runs.keep(undefined);
  }

  private set(state: PanelComparison | undefined): void {
    this.task?.cancel();
    this.current = state;
    this.options.onChange(state);
  }
}
