import type { EngineMethods } from '../../protocol/engineProtocol';
import type { Handlers } from '../../protocol/rpc';
import type { Explanations } from '../explain/explanations';
import type { RunStore, StoredRun } from '../run/runStore';
import { changeRun } from './changeRun';

/** Makes of the engine's kept runs what they would have been. */
export function changes(
  explanations: Pick<Explanations, 'of'>,
  runs: Pick<RunStore, 'get' | 'add'>,
): Pick<Handlers<EngineMethods>, 'changeRun'> {
  return {
    changeRun: ({ runId, from, changes: wanted }, { signal }) =>
      explanations.of(from, signal, async ({ run, model }) => {
        const runOf = (id: number): StoredRun => runs.get(id);
        const { stored, seen } = await changeRun(run, model, wanted, { runId, signal, runOf });
        runs.add(stored);
        return seen;
      }),
  };
}
