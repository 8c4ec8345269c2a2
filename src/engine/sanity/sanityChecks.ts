import type { EngineExplanations } from '../../protocol/explanationCalls';
import type { Handlers } from '../../protocol/rpc';
import type { Explanations } from '../explain/explanations';
import type { RunStore } from '../run/runStore';
import { sanityCheck } from './sanityCheck';

/** Answers which methods' maps do not depend on what the network learned, of the engine's kept runs. */
export function sanityChecks(
  explanations: Pick<Explanations, 'of'>,
  runs: Pick<RunStore, 'get'>,
): Pick<Handlers<EngineExplanations>, 'sanityCheck'> {
  return {
    sanityCheck: ({ runId, ...params }, { signal, report }) =>
      explanations.of(runId, signal, ({ run, model }) => {
        const runOf = (id: number) => runs.get(id);
        return sanityCheck(run, model, params, { signal, report, runOf });
      }),
  };
}
