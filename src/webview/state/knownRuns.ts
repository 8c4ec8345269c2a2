import { sameShape } from '../../network/tensor/shape';
import { keptRuns } from '../../protocol/engineProtocol';
import type { RunView } from '../../protocol/panelProtocol';

/** The runs that were on screen last: their pictures may be baselines as long as the engine keeps them. */
export class KnownRuns {
  private runs: readonly RunView[] = [];

  /** The run on screen; one with changes is none of a picture. */
  note(run: RunView): void {
    if (run.changes || this.runs[0]?.runId === run.runId) return;
    const others = this.runs.filter(({ runId }) => runId !== run.runId);
    this.runs = [run, ...others].slice(0, keptRuns);
  }

  find(runId: number): RunView | undefined {
    return this.runs.find((run) => run.runId === runId);
  }

  /** Those whose picture a network may see in place of another run's. */
  besides({ runId, seen }: Pick<RunView, 'runId' | 'seen'>): readonly RunView[] {
    const size = [seen.height, seen.width];
    return this.runs.filter(
      (run) => run.runId !== runId && sameShape([run.seen.height, run.seen.width], size),
    );
  }
}
