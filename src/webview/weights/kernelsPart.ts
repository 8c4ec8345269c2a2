import { inputName } from '../../network/network';
import { inputShapeOf, type LayerOf } from '../../network/layers/layer';
import type { Filters, WeightSummary } from '../../protocol/weightSummary';
import type { Actions } from '../state/actions';
import type { Loaded } from '../state/loaded';
import { element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import { channelOf, type Model } from '../state/model';
import { choice } from './choice';
import { drawFilter } from './drawFilter';
import { filterChooser } from './filterChooser';
import { tileSheet } from './tileSheet';
import { waitWords } from './waitWords';

/** A picture's colours. */
const colours = 3;

/** A convolution's kernels: all of them as colour tiles where they see the picture, and one filter at a time in full. */
export class KernelsPart {
  readonly element: HTMLElement;
  private readonly chooser;
  private readonly scales;
  private readonly tiles = element('div', { hidden: true });
  private readonly large = element('div', { class: 'filter-large' });
  private sheet: ReturnType<typeof tileSheet> | undefined;
  private readonly changed = dirtyCheck();
  private readonly sheetChanged = dirtyCheck();

  constructor(
    private readonly layer: LayerOf<'Conv2D'>,
    private readonly summary: WeightSummary,
    private readonly actions: Actions,
  ) {
    this.chooser = filterChooser(layer.filters, (channel) => actions.look({ channel }));
    this.scales = choice('Colours', { joint: 'one scale', own: 'each its own' }, (kernels) =>
      actions.look({ weightsLook: { kernels } }),
    );
    const size = layer.weights[0]?.shape.slice(0, 3).join(' × ') ?? '';
    this.element = element(
      'section',
      { class: 'tensor', 'aria-labelledby': 'weights-filters' },
      element(
        'h3',
        { id: 'weights-filters' },
        'Filters',
        element('span', { class: 'quiet' }, ` ${layer.filters} of ${size}`),
      ),
      this.scales.element,
      this.tiles,
      this.chooser.element,
      this.large,
    );
  }

  update(model: Model): void {
    const { view, state, data, shown } = model;
    const { layer } = this;
    const filter = channelOf(model, layer);
    const { kernels } = view.weightsLook;
    const { network, preprocess } = shown.variant;
    const seesPicture =
      inputShapeOf(layer).at(-1) === colours && layer.inputs[0] === inputName(network);
    const order = seesPicture ? preprocess.order : undefined;
    const range = order ? { first: 0, count: layer.filters } : { first: filter, count: 1 };
    const of = { variant: state.variant, layer: layer.name };
    const loaded = data.filters(state.weightsId, of, range);
    this.chooser.update(filter);
    this.scales.update(kernels);
    this.large.setAttribute('aria-busy', String(loaded.status === 'loading'));
    if (order && loaded.status === 'ready') {
      this.showSheet(loaded.value, order);
      this.sheet?.update(filter, view.weightsLook);
    }
    if (!this.changed(loaded, filter, kernels)) return;
    if (loaded.status === 'ready') {
      const { summary } = this;
      const source = { filters: loaded.value, index: filter - range.first, filter };
      this.large.replaceChildren(
        ...drawFilter({ ...source, layer, summary, scale: kernels, order }),
      );
    } else {
      this.wait(loaded);
    }
  }

  private showSheet(filters: Filters, order: 'RGB' | 'BGR'): void {
    if (!this.sheetChanged(filters)) return;
    const choose = (channel: number): void => this.actions.look({ channel });
    const options = { layer: this.layer.name, order, choose };
    this.sheet = tileSheet(filters, options);
    this.tiles.replaceChildren(this.sheet.element);
    this.tiles.hidden = false;
  }

  /** The last filter stays until the next one is there. */
  private wait(loaded: Exclude<Loaded<Filters>, { readonly status: 'ready' }>): void {
    if (loaded.status === 'loading' && this.large.hasChildNodes()) return;
    const what = `the filters of ${this.layer.name}`;
    this.large.replaceChildren(...waitWords(loaded, what, this.actions.askAgain));
  }
}
