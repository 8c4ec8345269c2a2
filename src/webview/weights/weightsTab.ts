import type { Layer } from '../../network/layers/layer';
import { weightsOwner } from '../../network/network';
import type { LayerSummary } from '../../network/summary';
import type { WeightSummary } from '../../protocol/weightSummary';
import { Choice } from '../draw/choice';
import { element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import { ResourceNote } from '../draw/resource';
import type { WeightsPicture } from '../layers/layerView';
import { layerView } from '../layers/layerViews';
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
    const layer = weightsOwner(shown.document.network, name);
    return layer.weights.length > 0 || layerView(layer).weights !== undefined;
  }

  update(model: Model, { name }: LayerSummary): void {
    const { state, data, shown, view } = model;
    const layer = weightsOwner(shown.document.network, name);
    const of = { documentId: state.documentId, layer: layer.name };
    const summary = layer.weights.length > 0 ? data.weightSummary(state.weightsId, of) : undefined;
    if (this.changed(shown, name, summary)) {
      this.note.update(summary, `the weights of ${name}`);
      this.kernels = undefined;
      this.tensors = [];
      const picture = layerView(layer).weights?.(layer);
      if (picture?.drawn === 'lrnCurve') this.element.replaceChildren(lrnPart(picture.layer));
      else if (summary?.status === 'ready') this.fill(layer, summary.value, picture);
      else this.element.replaceChildren(this.note.element);
    }
    this.kernels?.update(model);
    this.counts.update(view.weightsLook.counts);
    for (const part of this.tensors) part.update(view.weightsLook);
  }

  private fill(layer: Layer, summary: WeightSummary, picture: WeightsPicture | undefined): void {
    if (picture?.drawn === 'kernels') {
      this.kernels = new KernelsPart(picture.layer, summary, this.actions);
    }
    const norm =
      picture?.drawn === 'scaleAndShift' ? batchNormPart(picture.layer, summary) : undefined;
    const { unit = 'channel' } = layerView(layer);
    this.tensors = summary.tensors.map((tensor) => new TensorPart(tensor, unit));
    const hasHistogram = summary.tensors.some(({ histogram }) => (histogram?.width ?? 0) > 0);
    this.element.replaceChildren(
      ...(this.kernels ? [this.kernels.element] : []),
      ...(norm ? [norm] : []),
      ...(hasHistogram ? [this.counts.element] : []),
      ...this.tensors.map((part) => part.element),
    );
  }
}
