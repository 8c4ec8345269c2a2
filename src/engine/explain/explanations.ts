import type { EngineExplanations } from '../../protocol/explanationCalls';
import type { Exclusive } from '../../protocol/exclusive';
import type { Handlers } from '../../protocol/rpc';
import type { BuiltModel } from '../model/builtModel';
import type { RunStore, StoredRun } from '../run/runStore';
import { EngineError } from '../runtime/engineError';
import { explainMemory } from '../runtime/outOfMemory';
import { explainRun } from './explainRun';
import { layerCams } from './layerCams';
import { layerShares } from './layerShares';
import { Work } from './work';

interface ExplanationsOptions {
  /** What the engine works in turns by. */
  readonly exclusive: Exclusive;
  readonly runs: Pick<RunStore, 'get'>;
  /** The model that made a run, where it is still loaded. */
  readonly modelOf: (run: StoredRun) => BuiltModel | undefined;
}

/** Answers why of the engine's kept runs. */
export class Explanations {
  readonly handlers: Omit<Handlers<EngineExplanations>, 'sanityCheck'> = {
    explain: ({ runId, ...request }, { signal, report }) =>
      this.of(runId, signal, ({ run, model }) => {
        const runOf = (id: number): StoredRun => this.options.runs.get(id);
        return explainRun(run, model, request, { signal, report, runOf });
      }),
    layerCams: ({ runId, target }, { signal, report }) =>
      this.of(runId, signal, (made) =>
        layerCams({ ...made, work: new Work({ signal, report }) }, target),
      ),
    channelShares: ({ runId, ...request }, { signal }) =>
      this.of(runId, signal, ({ run, model }) =>
        layerShares(run, model, request, { signal, report: () => undefined }),
      ),
  };

  constructor(private readonly options: ExplanationsOptions) {}

  /** Works on a run and the model that made it, when it is their turn. */
  of<T>(
    runId: number,
    signal: AbortSignal,
    work: (made: { readonly run: StoredRun; readonly model: BuiltModel }) => Promise<T>,
  ): Promise<T> {
    const { exclusive, runs, modelOf } = this.options;
    return exclusive.run(() => {
      const run = runs.get(runId);
      const model = modelOf(run);
      if (!model) {
        throw new EngineError(
          `other weights were loaded since run ${runId}; classify the picture again to explain it`,
        );
      }
      return explainMemory(() => work({ run, model }));
    }, signal);
  }
}
