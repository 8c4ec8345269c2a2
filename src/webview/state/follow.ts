import type { PanelEvaluation } from '../../protocol/evaluation';
import type { PanelComparison, PanelState } from '../../protocol/panelProtocol';
import type { PanelTraining } from '../../protocol/training';
import type { ViewChange } from './actions';
import type { ViewState } from './viewState';

/** Parts of the host's state that take the middle when they begin. */
type Taking = 'comparison' | 'evaluation' | 'training';

/** What the view becomes where one of these that the page is `told` of begins or ends. */
export function followed(
  view: ViewState,
  { comparison, evaluation, training }: Pick<PanelState, Taking>,
  told: (part: Taking) => boolean,
): Partial<ViewState> {
  const compared = told('comparison') ? followComparison(view, comparison) : {};
  const evaluated = told('evaluation')
    ? followEvaluation({ ...view, ...compared }, evaluation)
    : {};
  const before = { ...compared, ...evaluated };
  return { ...before, ...(told('training') && followTraining({ ...view, ...before }, training)) };
}

/** A comparison that has begun takes the middle, once; one that has ended gives it back. */
export function followComparison(
  { compared, view }: ViewState,
  comparison: PanelComparison | undefined,
): Partial<ViewState> {
  if (compared === comparison?.begun) return {};
  if (comparison) return { compared: comparison.begun, view: 'compare' };
  return { compared: undefined, view: view === 'compare' ? 'graph' : view };
}

/** The same for an evaluation. */
export function followEvaluation(
  { evaluated, view }: Pick<ViewState, 'evaluated' | 'view'>,
  evaluation: Pick<PanelEvaluation, 'begun'> | undefined,
): Partial<ViewState> {
  if (evaluated === evaluation?.begun) return {};
  if (evaluation) return { evaluated: evaluation.begun, view: 'evaluate' };
  return { evaluated: undefined, view: view === 'evaluate' ? 'graph' : view };
}

/** The same for a training. */
export function followTraining(
  { trained, view }: Pick<ViewState, 'trained' | 'view'>,
  training: Pick<PanelTraining, 'begun'> | undefined,
): Partial<ViewState> {
  if (trained === training?.begun) return {};
  if (training) return { trained: training.begun, view: 'train' };
  return { trained: undefined, view: view === 'train' ? 'graph' : view };
}

/** Another network has other layers, and may have other classes. */
export function ofOther(documentId: string): ViewChange {
  const explain = { target: undefined, minus: undefined, unit: undefined, layer: undefined };
  return { documentId, transform: 'fit', explain };
}
