import type { ExplanationTarget, LayerCams } from '../../protocol/explanation';
import type { RunView } from '../../protocol/panelProtocol';
import type { Resource } from '../draw/resource';
import type { ExplainLook } from './explainLook';
import type { LayerData } from './layerData';
import type { ViewState } from './viewState';

type CamTarget = Extract<ExplanationTarget, { readonly class: number }>;

/** What Grad-CAM on the graph's blocks is of: what is asked in *Explain*, or the class that is most probable. */
export function camTarget(
  { predictions }: Pick<RunView, 'predictions'>,
  { target, minus }: Pick<ExplainLook, 'target' | 'minus'>,
): CamTarget {
  const index = target ?? predictions[0]?.index ?? 0;
  return { class: index, ...(minus !== undefined && minus !== index && { minus }) };
}

/** The target in words: a class, or one and not another. */
export function camTargetWords(target: CamTarget, nameOf: (index: number) => string): string {
  const name = nameOf(target.class);
  return target.minus === undefined ? name : `${name} and not ${nameOf(target.minus)}`;
}

/** Grad-CAM of the run that the blocks show, where a person looks at that; asked for once. */
export function shownCams(
  run: RunView | undefined,
  target: CamTarget,
  { view, data }: { readonly view: Pick<ViewState, 'heat'>; readonly data: LayerData },
): Resource<LayerCams> | undefined {
  if (view.heat !== 'gradCam' || !run) return undefined;
  return data.layerCams(run.runId, target);
}
