import type { PanelComparison, PanelState, RunView } from '../../protocol/panelProtocol';
import { describeError } from '../errors';
import type { HeldRuns } from '../session/heldRuns';
import type { Task } from '../task/task';
import type { TaskQueue } from '../task/taskQueue';

type ComparisonParts = Pick<PanelState, 'comparison' | 'reference'>;

interface ComparisonOptions {
  readonly runs: Pick<HeldRuns, 'keep' | 'compare'>;
  readonly tasks: Pick<TaskQueue, 'serve'>;
  /** Told what changed: the reference only where another comparison begins or it ends. */
  readonly onChange: (change: Partial<ComparisonParts>) => void;
}

/** A run that is kept, and how every run after it differs from it. */
export class Comparison {
  private current: PanelComparison | undefined;
  private reference: RunView | undefined;
  /** The comparison that is being computed; a cancelled one's answer is not shown. */
  private task: Task | undefined;
  private renewed: RunView | undefined;

  constructor(private readonly options: ComparisonOptions) {}

  get state(): ComparisonParts {
    return { comparison: this.current, reference: this.reference };
  }

  /**
   * From now on runs are compared with this one; throws where the engine does not hold it any more. `begun` is that of a
   * comparison that goes on.
   */
  async begin(reference: RunView, begun = Date.now()): Promise<void> {
    await this.options.runs.keep(reference.runId);
    this.start({ status: 'waiting', begun }, reference);
  }

  /** The next run is compared with this one in place of the one that is kept; until then all stays as it is. */
  renew(reference: RunView | undefined): void {
    this.renewed = reference;
  }

  /** Compares a run with the one that is kept, if there is one; the page is told what came of it. */
  async follow({ runId }: RunView): Promise<void> {
    const { current, renewed } = this;
    if (current?.status === 'ready' && current.runId === runId) return;
    this.task?.cancel();
    this.renewed = undefined;
    const reference = renewed ?? this.reference;
    if (!current || !reference || reference.runId === runId) return;
    const { begun } = current;
    const { runs, tasks } = this.options;
    await tasks.serve('comparing', async (task) => {
      this.task = task;
      const compare = () => runs.compare(reference.runId, runId);
      const compared = renewed ? runs.keep(renewed.runId).then(compare) : compare();
      const result = await compared.then(
        (layers): PanelComparison => ({ status: 'ready', begun, runId, layers }),
        (error: unknown): PanelComparison => {
          return { status: 'failed', begun, why: describeError(error) };
        },
      );
      // Another run may have come, or the end.
      if (task.signal.aborted) return;
      this.current = result;
      if (renewed) this.reference = renewed;
      this.options.onChange({ comparison: result, ...(renewed && { reference }) });
    });
  }

  async end(): Promise<void> {
    if (!this.current) return;
    this.start(undefined, undefined);
    await this.options.runs.keep(undefined);
  }

  private start(comparison: PanelComparison | undefined, reference: RunView | undefined): void {
    this.task?.cancel();
    this.renewed = undefined;
    this.current = comparison;
    this.reference = reference;
    this.options.onChange({ comparison, reference });
  }
}
