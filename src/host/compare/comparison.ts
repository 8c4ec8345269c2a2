import type { PanelComparison, RunView } from '../../protocol/panelProtocol';
import { describeError } from '../describeError';
import type { HeldRuns } from '../session/heldRuns';

interface ComparisonOptions {
  readonly runs: Pick<HeldRuns, 'keep' | 'compare'>;
  readonly onChange: (state: PanelComparison | undefined) => void;
}

/** A run that is kept, and how every run after it differs from it. */
export class Comparison {
  private current: PanelComparison | undefined;
  /** Counts what was asked for: an answer to an earlier question is late. */
  private turn = 0;

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
    const turn = ++this.turn;
    if (!this.current || this.current.reference.runId === runId) return;
    const { reference, begun } = this.current;
    const result = await this.options.runs.compare(reference.runId, runId).then(
      (layers): PanelComparison => ({ status: 'ready', reference, begun, runId, layers }),
      (error: unknown): PanelComparison => ({
        status: 'failed',
        reference,
        begun,
        why: describeError(error),
      }),
    );
    // Another run may have come, or the end.
    if (this.turn === turn) this.set(result);
  }

  async end(): Promise<void> {
    if (!this.current) return;
    this.set(undefined);
    await this.options.runs.keep(undefined);
  }

  private set(state: PanelComparison | undefined): void {
    this.turn++;
    this.current = state;
    this.options.onChange(state);
  }
}
