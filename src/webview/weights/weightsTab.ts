import type { Layer } from '../../network/layers/layer';
import { layerNamed } from '../../network/network';
import type { LayerSummary } from '../../network/summary';
import type { WeightSummary } from '../../protocol/weightSummary';
import { Choice } from '../draw/choice';
import { element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import { ResourceNote } from '../draw/resource';
import type { Actions } from '../state/actions';
import type { Model } from '../state/model';
import type { Tab } from '../state/tab';
import { batchNormPart } from './batchNormPart';
import { KernelsPart } from './kernelsPart';
import { lrnPart } from './lrnPart';
import { TensorPart } from './tensorPart';

/** A layer's weights: every tensor counted in full, kernels drawn, normalisation plotted. */
export class WeightsTab implements Tab {
  readonly id = 'weights';
  readonly label = 'Weights';
  readonly element = element('div', { class: 'details-body weights' });
  private readonly note: ResourceNote;
  private readonly changed = dirtyCheck();
  private readonly counts: Choice<'linear' | 'log'>;
  private kernels: KernelsPart | undefined;
  private tensors: readonly TensorPart[] = [];

  constructor(private readonly actions: Actions) {
    this.note = new ResourceNote(actions.askAgain);
    this.counts = new Choice('Histograms', { linear: 'linear', log: 'logarithmic' }, (counts) =>
      actions.look({ weightsLook: { counts } }),
    );
  }

  shows({ name }: LayerSummary, { shown }: Model): boolean {
    const { kind, weights } = layerNamed(shown.variant.network, name);
    return weights.length > 0 || kind === 'LocalResponseNormalization';
  }

  update(model: Model, { name }: LayerSummary): void {
    const { state, data, shown, view } = model;
    const layer = layerNamed(shown.variant.network, name);
    const of = { variant: state.variant, layer: name };
    const summary = layer.weights.length > 0 ? data.weightSummary(state.weightsId, of) : undefined;
    if (this.changed(shown, name, summary)) {
      this.note.update(summary, `the weights of ${name}`);
      this.kernels = undefined;
      this.tensors = [];
      if (layer.kind === 'LocalResponseNormalization') this.element.replaceChildren(lrnPart(layer));
      else if (summary?.status === 'ready') this.fill(layer, summary.value);
      else this.element.replaceChildren(this.note.element);
    }
    this.kernels?.update(model);
    this.counts.update(view.weightsLook.counts);
    for (const part of this.tensors) part.update(view.weightsLook);
  }

  private fill(layer: Layer, summary: WeightSummary): void {
    if (layer.kind === 'Conv2D') this.kernels = new KernelsPart(layer, summary, this.actions);
    const norm = layer.kind === 'BatchNormalization' ? batchNormPart(layer, summary) : undefined;
    this.tensors = summary.tensors.map((tensor) => new TensorPart(tensor, unitOf(layer)));
    const hasHistogram = summary.tensors.some(({ histogram }) => (histogram?.width ?? 0) > 0);
    this.element.replaceChildren(
      ...(this.kernels ? [this.kernels.element] : []),
      ...(norm ? [norm] : []),
      ...(hasHistogram ? [this.counts.element] : []),
      ...this.tensors.map((part) => part.element),
    );
  }
}

/** What one output of the layer is called. */
function unitOf({ kind }: Layer): string {
  if (kind === 'Conv2D') return 'filter';
  return kind === 'Dense' ? 'unit' : 'channel';
}
