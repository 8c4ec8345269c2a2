import type { LayerComparison } from '../../protocol/comparison';
import type { ExplainParams, Tensor, ValueExplanation } from '../../protocol/engineProtocol';
import { keptRuns } from '../../protocol/engineProtocol';
import type { EngineClient } from '../engine/engineClient';

/** Numbers of runs, unique in a window, and what can be asked of those that the engine's process still holds. */
export class HeldRuns {
  private next = 1;
  /** Those of the process of this generation begin here. */
  private held = { generation: 0, first: 1 };
  /** The last that ended well and were kept. */
  private last: readonly number[] = [];

  constructor(private readonly engine: Pick<EngineClient, 'generation' | 'pid' | 'call'>) {}

  /** The number of a run that is about to begin. */
  begin(): number {
    const runId = this.next++;
    const { generation } = this.engine;
    if (generation !== this.held.generation) this.held = { generation, first: runId };
    return runId;
  }

  /** A run ended well, and the engine keeps it. */
  keptOne(runId: number): void {
    this.last = [...this.last, runId].slice(-keptRuns);
  }

  /** Whether details of a run can be asked for. */
  holds(runId: number): boolean {
    return this.last.includes(runId) && this.isOfThisProcess(runId);
  }

  async input(runId: number): Promise<Tensor> {
    this.check(runId);
    return await this.engine.call('input', { runId });
  }

  async activation(runId: number, layer: string): Promise<Tensor> {
    this.check(runId);
    return await this.engine.call('activation', { runId, layer });
  }

  /** Has the engine hold on to a run, or to none. */
  async keep(runId: number | undefined): Promise<void> {
    if (runId !== undefined) this.check(runId);
    if (this.engine.pid === undefined) return;
    await this.engine.call('keep', runId === undefined ? {} : { runId });
  }

  /** Two runs layer by layer, the input first. */
  async compare(a: number, b: number): Promise<readonly LayerComparison[]> {
    this.check(a);
    this.check(b);
    return await this.engine.call('compare', { a, b });
  }

  async explainValue(params: ExplainParams): Promise<ValueExplanation> {
    this.check(params.runId);
    return await this.engine.call('explainValue', params);
  }

  /** Whether the engine's process is still the one of that run; it may have let it go for later ones. */
  private isOfThisProcess(runId: number): boolean {
    const isThatProcess = this.held.generation === this.engine.generation;
    return isThatProcess && this.engine.pid !== undefined && runId >= this.held.first;
  }

  /** Throws where there was no such run, or where it went with an earlier process. */
  private check(runId: number): void {
    if (!Number.isSafeInteger(runId) || runId < 1 || runId >= this.next) {
      throw new Error(`there is no run ${runId}`);
    }
    if (this.isOfThisProcess(runId)) return;
    throw new Error(
      `run ${runId} is not kept: the engine was stopped since; classify the picture again`,
    );
  }
}
