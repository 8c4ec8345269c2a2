import type { Layer } from '../../network/layers/layer';
import { layerNamed } from '../../network/network';
import type { LayerSummary } from '../../network/summary';
import type { WeightSummary } from '../../protocol/weightSummary';
import type { Actions } from '../state/actions';
import type { Tab } from '../state/tab';
import { element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import type { Model } from '../state/model';
import { choice } from './choice';
import { effectPart } from './batchNormPart';
import { KernelsPart } from './kernelsPart';
import { lrnPart } from './lrnPart';
import { tensorPart } from './tensorPart';
import { waitWords } from './waitWords';

type Update = (model: Model) => void;

/** A layer's weights: every tensor counted in full, kernels drawn, normalisation plotted. */
export function weightsTab(actions: Actions): Tab {
  const body = element('div', { class: 'details-body weights' });
  const changed = dirtyCheck();
  let follow: readonly Update[] = [];
  return {
    id: 'weights',
    label: 'Weights',
    shows: ({ name }, { shown }) => hasWeights(layerNamed(shown.variant.network, name)),
    element: body,
    update(model: Model, { name }: LayerSummary): void {
      const { state, data, shown } = model;
      const layer = layerNamed(shown.variant.network, name);
      const of = { variant: state.variant, layer: name };
      const loaded = layer.weights.length > 0 ? data.weightSummary(state.weightsId, of) : undefined;
      if (changed(shown, name, loaded)) {
        follow = [];
        if (layer.kind === 'LocalResponseNormalization') body.replaceChildren(lrnPart(layer));
        else if (loaded?.status === 'ready') follow = fill(body, layer, loaded.value, actions);
        else if (loaded) {
          body.replaceChildren(...waitWords(loaded, `the weights of ${name}`, actions.askAgain));
        }
      }
      for (const update of follow) update(model);
    },
  };
}

function hasWeights({ kind, weights }: Layer): boolean {
  return weights.length > 0 || kind === 'LocalResponseNormalization';
}

/** Puts a layer's parts into the tab; gives what keeps them up to date. */
function fill(
  body: HTMLElement,
  layer: Layer,
  summary: WeightSummary,
  actions: Actions,
): readonly Update[] {
  const kernels = layer.kind === 'Conv2D' ? new KernelsPart(layer, summary, actions) : undefined;
  const effect = layer.kind === 'BatchNormalization' ? effectPart(layer, summary) : undefined;
  const counts = choice('Histograms', { linear: 'linear', log: 'logarithmic' }, (scale) =>
    actions.look({ weightsLook: { counts: scale } }),
  );
  const tensors = summary.tensors.map((tensor) => tensorPart(tensor, unitOf(layer)));
  const hasHistogram = summary.tensors.some(({ histogram }) => (histogram?.width ?? 0) > 0);
  body.replaceChildren(
    ...(kernels ? [kernels.element] : []),
    ...(effect ? [effect] : []),
    ...(hasHistogram ? [counts.element] : []),
    ...tensors.map((part) => part.element),
  );
  return [
    (model) => kernels?.update(model),
    ({ view }) => {
      counts.update(view.weightsLook.counts);
      for (const part of tensors) part.update(view.weightsLook);
    },
  ];
}

/** What one output of the layer is called. */
function unitOf({ kind }: Layer): string {
  if (kind === 'Conv2D') return 'filter';
  return kind === 'Dense' ? 'unit' : 'channel';
}
