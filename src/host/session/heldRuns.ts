import type { LayerComparison } from '../../protocol/comparison';
import type {
  ChangedRun,
  ChangeRunParams,
  ExplainParams,
  Tensor,
  ValueExplanation,
} from '../../protocol/engineProtocol';
import type { EngineExplanations } from '../../protocol/explanationCalls';
import type { CallOptions } from '../../protocol/rpc';
import { Emitter } from '../emitter';
import type { EngineClient } from '../engine/engineClient';

/** Numbers of runs, unique in a window, and what can be asked of those that the engine holds. */
export class HeldRuns {
  private next = 1;
  /** The first run of the engine's present process; earlier ones went with theirs. */
  private first = 1;
  /** The document of each run since then. */
  private readonly documents = new Map<number, string>();
  private readonly explained = new Emitter<void>();

  /** How a value came about was told. */
  readonly onDidExplain = this.explained.event;

  constructor(
    private readonly engine: Pick<EngineClient, 'runs' | 'pid' | 'call' | 'onDidChange'>,
  ) {
    engine.onDidChange(({ status }) => {
      if (status === 'ready') return;
      this.first = this.next;
      this.documents.clear();
    });
  }

  /** The number of a run of a document that is about to begin. */
  begin(documentId: string): number {
    const runId = this.next++;
    this.documents.set(runId, documentId);
    return runId;
  }

  /** The document that a run ran through; throws where details of it cannot be asked for. */
  documentOf(runId: number): string {
    this.check(runId);
    const documentId = this.documents.get(runId);
    if (documentId !== undefined) return documentId;
    throw new Error(`there is no run ${runId}`);
  }

  /** Whether details of a run can be asked for. */
  holds(runId: number): boolean {
    return this.engine.runs.has(runId);
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
    const explanation = await this.engine.call('explainValue', params);
    this.explained.fire();
    return explanation;
  }

  /** Asks why of a run, in one of the ways that there are. */
  async why<K extends keyof EngineExplanations>(
    method: K,
    params: EngineExplanations[K]['params'],
    options: CallOptions<EngineExplanations[K]['progress']>,
  ): Promise<EngineExplanations[K]['result']> {
    this.check(params.runId);
    return await this.engine.call(method, params, options);
  }

  /** Has the engine make a run as it would have been, which it holds until the next one. */
  async change(params: ChangeRunParams, signal: AbortSignal): Promise<ChangedRun> {
    this.check(params.from);
    return await this.engine.call('changeRun', params, { signal });
  }

  /** Throws where the engine does not hold a run, and says why. */
  private check(runId: number): void {
    if (this.holds(runId)) return;
    if (!Number.isSafeInteger(runId) || runId < 1 || runId >= this.next) {
      throw new Error(`there is no run ${runId}`);
    }
    const held = [...this.engine.runs].join(', ') || 'none';
    const why = runId < this.first ? ': the engine was stopped since' : ` (kept: ${held})`;
    throw new Error(`run ${runId} is not kept${why}; classify the picture again`);
  }
}
