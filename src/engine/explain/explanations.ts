import type { EngineExplanations } from '../../protocol/explanationCalls';
import type { Exclusive } from '../../protocol/exclusive';
import type { Handlers } from '../../protocol/rpc';
import type { BuiltModel } from '../model/builtModel';
import type { RunStore, StoredRun } from '../run/runStore';
import { EngineError } from '../runtime/engineError';
import { explainMemory } from '../runtime/outOfMemory';
import { explainRun } from './explainRun';

interface ExplanationsOptions {
  /** What the engine works in turns by. */
  readonly exclusive: Exclusive;
  readonly runs: Pick<RunStore, 'get'>;
  /** The model that made a run, where it is still loaded. */
  readonly modelOf: (run: StoredRun) => BuiltModel | undefined;
}

/** Answers why of the engine's kept runs. */
export class Explanations {
  readonly handlers: Handlers<EngineExplanations> = {
    explain: ({ runId, ...request }, { signal, report }) =>
      this.options.exclusive.run(() => {
        const { runs } = this.options;
        const run = runs.get(runId);
        const runOf = (id: number): StoredRun => runs.get(id);
        const model = this.modelOf(run);
        return explainMemory(() => explainRun(run, model, request, { signal, report, runOf }));
      }, signal),
  };

  constructor(private readonly options: ExplanationsOptions) {}

  private modelOf(run: StoredRun): BuiltModel {
    const model = this.options.modelOf(run);
    if (model) return model;
    throw new EngineError(
      `other weights were loaded since run ${run.runId}; classify the picture again to explain it`,
    );
  }
}
