/** What tells one process of the engine from the next. */
interface Engine {
  readonly generation: number;
  readonly pid: number | undefined;
}

/** Numbers of runs, unique in a window, and which of them the engine's process may still hold. */
export class HeldRuns {
  private next = 1;
  /** Those of the process of this generation begin here. */
  private held = { generation: 0, first: 1 };

  constructor(private readonly engine: Engine) {}

  /** The number of a run that is about to begin. */
  begin(): number {
    const runId = this.next++;
    const { generation } = this.engine;
    if (generation !== this.held.generation) this.held = { generation, first: runId };
    return runId;
  }

  /** Throws where there was no such run, or where it went with an earlier process. */
  check(runId: number): void {
    if (!Number.isSafeInteger(runId) || runId < 1 || runId >= this.next) {
      throw new Error(`there is no run ${runId}`);
    }
    const running =
      this.held.generation === this.engine.generation && this.engine.pid !== undefined;
    if (running && runId >= this.held.first) return;
    throw new Error(
      `run ${runId} is not kept: the engine was stopped since; classify the picture again`,
    );
  }
}
