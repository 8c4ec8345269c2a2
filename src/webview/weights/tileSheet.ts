import type { Filters } from '../../protocol/weightSummary';
import { element } from '../draw/element';
import { itemAfterKey } from '../draw/gridKeys';
import { pixelImage } from '../draw/pixels';
import { dirtyCheck } from '../draw/redraw';
import type { WeightsLook } from '../state/viewState';
import { filterValues, reachOf, rgbTile } from './kernelPixels';

interface SheetOptions {
  readonly layer: string;
  readonly order: 'RGB' | 'BGR';
  readonly choose: (filter: number) => void;
}

interface Tile {
  readonly button: HTMLButtonElement;
  readonly image: HTMLImageElement;
}

/** All filters over the picture's colours as small pictures; one of them is chosen. */
export class TileSheet {
  readonly element: HTMLElement;
  private readonly tiles: readonly Tile[];
  private readonly changed = dirtyCheck();

  constructor(
    private readonly filters: Filters,
    private readonly options: SheetOptions,
  ) {
    const [count = 0] = filters.shape;
    this.tiles = Array.from({ length: count }, (_, filter) => this.tile(filter));
    this.element = element(
      'div',
      { class: 'tile-sheet', role: 'radiogroup', 'aria-label': `Filters of ${options.layer}` },
      ...this.tiles.map((tile) => tile.button),
    );
    this.element.addEventListener('keydown', (event) => this.key(event));
  }

  update(chosen: number, { kernels }: WeightsLook): void {
    this.tiles.forEach((tile, filter) => {
      tile.button.setAttribute('aria-checked', String(filter === chosen));
      tile.button.tabIndex = filter === chosen ? 0 : -1;
    });
    if (this.changed(kernels)) this.draw(kernels);
  }

  private draw(kernels: WeightsLook['kernels']): void {
    const [, height = 0, width = 0] = this.filters.shape;
    const joint = reachOf(this.filters.data);
    this.tiles.forEach(({ image }, filter) => {
      const values = filterValues(this.filters, filter);
      const reach = kernels === 'joint' ? joint : reachOf(values);
      image.src = pixelImage(rgbTile(values, reach, this.options.order), width, height);
    });
  }

  private tile(filter: number): Tile {
    const name = `Filter ${filter}`;
    const image = element('img', { alt: '' });
    const button = element(
      'button',
      { type: 'button', class: 'tile', role: 'radio', 'aria-label': name, title: name },
      image,
    );
    button.addEventListener('click', () => this.options.choose(filter));
    return { button, image };
  }

  private key(event: KeyboardEvent): void {
    const at = this.tiles.findIndex((tile) => tile.button === document.activeElement);
    const items = { count: this.tiles.length, columns: columnsOf(this.element) };
    const target = itemAfterKey(event.key, at, items);
    if (target === undefined) return;
    event.preventDefault();
    this.options.choose(target);
    this.tiles[target]?.button.focus();
  }
}

function columnsOf(sheet: HTMLElement): number {
  return getComputedStyle(sheet).gridTemplateColumns.split(' ').length;
}
