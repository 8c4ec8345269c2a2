import type { LivePicture } from '../../protocol/training';
import { element } from '../draw/element';
import { formatCount } from '../draw/numberFormat';
import { pixelImage } from '../draw/pixels';
import { dirtyCheck } from '../draw/redraw';
import { type Resource, ResourceNote } from '../draw/resource';
import type { Model } from '../state/model';
import { choiceControl, offer } from './formRow';
import { Paced } from './paced';
import { spacedTiles } from './spacedTiles';
import { trainedDocument } from './trainedDocument';

/** A picture is read from weights that learn meanwhile: more often would cost steps. */
const everyMilliseconds = 4000;

/** As the style sheet has it, in pixels. */
const frameHeight = 260;

/** The first convolution's filters and a layer's maps of one picture, as they become. */
export class LivePictures {
  readonly element: HTMLElement;
  private readonly filters: TileImage;
  private readonly maps: TileImage;
  private readonly filtersOf = element('h3');
  private readonly layer = choiceControl({});
  private readonly paced: Paced;
  private readonly isOther = dirtyCheck();
  private readonly layersChanged = dirtyCheck();
  private model: Model | undefined;
  private isSeen = false;

  constructor(askAgain: () => void) {
    this.filters = new TileImage(askAgain);
    this.maps = new TileImage(askAgain);
    this.paced = new Paced(everyMilliseconds, () => this.redraw());
    this.layer.setAttribute('aria-label', 'Maps of the layer');
    this.layer.addEventListener('change', () => this.redraw());
    const maps = element('div', { class: 'live-head' }, element('h3', {}, 'Maps of'), this.layer);
    this.element = element(
      'div',
      { class: 'live-pictures' },
      element(
        'div',
        { class: 'live-part' },
        element('div', { class: 'live-head' }, this.filtersOf),
        this.filters.element,
      ),
      element('div', { class: 'live-part' }, maps, this.maps.element),
    );
    new IntersectionObserver((entries) => {
      this.isSeen = entries.at(-1)?.isIntersecting ?? false;
      this.redraw();
    }).observe(this.element);
    document.addEventListener('visibilitychange', () => this.redraw());
  }

  update(model: Model): void {
    const { training } = model.state;
    this.model = model;
    const shown = trainedDocument(model);
    if (!training || !shown) return;
    const { firstConvolution: first, mapLayers } = shown;
    if (this.layersChanged(shown)) {
      this.filtersOf.textContent = `Filters of ${first ?? 'no convolution'}`;
      offer(this.layer, Object.fromEntries(mapLayers.map((name) => [name, name])));
    }
    const { begun, step } = training;
    const isOther = this.isOther(begun);
    if (isOther) this.clear();
    // Nothing is read of what nobody sees, or before anything was learned.
    if (!this.isSeen || document.hidden || step === 0) return;
    const version = this.paced.next(training.version, isOther);
    const of = { begun, version };
    const reads = model.data.training;
    if (first !== undefined) this.filters.update(reads.filters(of), `filters of ${first}`);
    const { value } = this.layer;
    if (value !== '') this.maps.update(reads.maps(of, value), `maps of ${value}`);
  }

  /** Of another training there is nothing yet. */
  private clear(): void {
    this.filters.clear();
    this.maps.clear();
  }

  private redraw(): void {
    if (this.model?.view.view === 'train') this.update(this.model);
  }
}

/** Tiles as one picture; the last one stays until the next is there. */
class TileImage {
  readonly element: HTMLElement;
  private readonly image = element('img', { class: 'live-image', alt: '', hidden: true });
  private readonly note: ResourceNote;
  private readonly changed = dirtyCheck();

  constructor(askAgain: () => void) {
    this.note = new ResourceNote(askAgain);
    this.element = element('div', { class: 'live-frame' }, this.image, this.note.element);
  }

  clear(): void {
    this.image.hidden = true;
    this.changed();
  }

  /** `what` as in a sentence, after a number: `filters of conv1`. */
  update(got: Resource<LivePicture | null>, what: string): void {
    const isOld = got.status === 'loading' && !this.image.hidden;
    this.note.update(isOld ? undefined : got, `the ${what}`);
    if (got.status !== 'ready' || !this.changed(got.value)) return;
    this.image.hidden = got.value === null;
    if (!got.value) return;
    const { tiles } = got.value;
    const { pixels, width, height } = spacedTiles(got.value);
    this.image.src = pixelImage(pixels, width, height);
    this.image.classList.toggle('enlarged', height <= frameHeight);
    this.image.alt = `${formatCount(tiles)} ${what}`;
  }
}
