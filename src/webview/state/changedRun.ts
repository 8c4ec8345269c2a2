import type { PanelState, RunView } from '../../protocol/panelProtocol';
import type { ChangedRunView } from '../../protocol/whatIf';

const known = new WeakMap<ChangedRunView, RunView>();

/** The state with the run as it would have been in the place of the one that is changed, where there is one. */
export function withChangedRun(state: PanelState): PanelState {
  const { run, changed } = state;
  if (!run || changed?.of !== run.runId) return state;
  const before = known.get(changed);
  const made = before?.name === run.name ? before : changedRun(run, changed);
  known.set(changed, made);
  return { ...state, run: made };
}

/** What does not follow from the changes stays the very same. */
function changedRun(run: RunView, changed: ChangedRunView): RunView {
  const { runId, predictions, changes, picture, milliseconds } = changed;
  const layers = new Map(changed.layers.map((layer) => [layer.name, layer]));
  return {
    ...run,
    ...picture,
    runId,
    predictions,
    changes,
    layers: run.layers.map((layer) => layers.get(layer.name) ?? layer),
    milliseconds: { ...run.milliseconds, forward: milliseconds },
  };
}

/** Whether a run of what is changed by now is still to come. */
export function isChanging({ whatIf, changed }: Pick<PanelState, 'whatIf' | 'changed'>): boolean {
  return whatIf !== undefined && whatIf.wish !== changed?.wish;
}
