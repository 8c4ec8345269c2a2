import { inputName } from '../../network/network';
import type { LayerOf } from '../../network/layers/layer';
import type { Filters, WeightSummary } from '../../protocol/weightSummary';
import type { Actions } from '../state/actions';
import { element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import { channelOf, type Model } from '../state/model';
import { Choice } from '../draw/choice';
import { ResourceNote } from '../draw/resource';
import { drawFilter } from './drawFilter';
import { FilterChooser } from './filterChooser';
import { TileSheet } from './tileSheet';

/** A picture's colours. */
const colours = 3;

/** A convolution's kernels: one filter in full and, in a layer that sees the picture, all of them as colour tiles. */
export class KernelsPart {
  readonly element: HTMLElement;
  private readonly chooser: FilterChooser;
  private readonly scales: Choice<'joint' | 'own'>;
  private readonly note: ResourceNote;
  private readonly tiles = element('div', { hidden: true });
  private readonly large = element('div', { class: 'filter-large' });
  private sheet: TileSheet | undefined;
  private readonly changed = dirtyCheck();
  private readonly sheetChanged = dirtyCheck();

  constructor(
    private readonly layer: LayerOf<'Conv2D'>,
    private readonly summary: WeightSummary,
    private readonly actions: Actions,
  ) {
    this.note = new ResourceNote(actions.askAgain);
    this.chooser = new FilterChooser(layer.filters, (channel) => actions.look({ channel }));
    this.scales = new Choice('Colours', { joint: 'one scale', own: 'each its own' }, (kernels) =>
      actions.look({ weightsLook: { kernels } }),
    );
    const size = layer.weights[0]?.shape.slice(0, 3).join(' × ') ?? '';
    this.element = element(
      'section',
      { class: 'weights-part', 'aria-labelledby': 'weights-filters' },
      element(
        'h3',
        { id: 'weights-filters' },
        'Filters',
        element('span', { class: 'quiet' }, ` ${layer.filters} of ${size}`),
      ),
      this.scales.element,
      this.tiles,
      this.chooser.element,
      this.note.element,
      this.large,
    );
  }

  update(model: Model): void {
    const { view, state, data, shown } = model;
    const { layer } = this;
    const filter = channelOf(model, layer);
    const { kernels } = view.weightsLook;
    const { network, preprocess } = shown.document;
    const seesPicture =
      layer.weights[0]?.shape[2] === colours && layer.inputs[0] === inputName(network);
    const order = seesPicture ? preprocess.order : undefined;
    const range = order ? { first: 0, count: layer.filters } : { first: filter, count: 1 };
    const of = { documentId: state.documentId, layer: layer.name };
    const loaded = data.filters(state.weightsId, of, range);
    this.chooser.update(filter);
    this.scales.update(kernels);
    this.large.setAttribute('aria-busy', String(loaded.status === 'loading'));
    if (order && loaded.status === 'ready') {
      this.showSheet(loaded.value, order);
      this.sheet?.update(filter, view.weightsLook);
    }
    if (!this.changed(loaded, filter, kernels)) return;
    // The filter before stays until the next one is there.
    const isWaiting = loaded.status === 'loading' && this.large.hasChildNodes();
    this.note.update(isWaiting ? undefined : loaded, `the filters of ${layer.name}`);
    if (loaded.status === 'failed') this.large.replaceChildren();
    if (loaded.status !== 'ready') return;
    const { summary } = this;
    const source = { filters: loaded.value, index: filter - range.first, filter };
    this.large.replaceChildren(...drawFilter({ ...source, layer, summary, scale: kernels, order }));
  }

  private showSheet(filters: Filters, order: 'RGB' | 'BGR'): void {
    if (!this.sheetChanged(filters)) return;
    const choose = (channel: number): void => this.actions.look({ channel });
    const options = { layer: this.layer.name, order, choose };
    this.sheet = new TileSheet(filters, options);
    this.tiles.replaceChildren(this.sheet.element);
    this.tiles.hidden = false;
  }
}
