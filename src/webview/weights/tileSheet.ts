import { itemAfterKey } from '../draw/gridKeys';
import type { Filters } from '../../protocol/weightSummary';
import { element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import { pixelImage } from '../draw/pixels';
import type { WeightsLook } from '../state/viewState';
import { filterValues, reachOf, rgbTile } from './kernelPixels';

interface SheetOptions {
  readonly layer: string;
  readonly order: 'RGB' | 'BGR';
  readonly choose: (filter: number) => void;
}

/** All filters over the picture's colours as small pictures; one of them is chosen. */
export function tileSheet(
  filters: Filters,
  { layer, order, choose }: SheetOptions,
): { readonly element: HTMLElement; readonly update: (filter: number, look: WeightsLook) => void } {
  const [count = 0, height = 0, width = 0] = filters.shape;
  const changed = dirtyCheck();
  const tiles = Array.from({ length: count }, (_, filter) => {
    const image = element('img', { alt: '' });
    const tile = element(
      'button',
      {
        type: 'button',
        class: 'tile',
        role: 'radio',
        'aria-label': `Filter ${filter}`,
        title: `Filter ${filter}`,
      },
      image,
    );
    tile.addEventListener('click', () => choose(filter));
    return { tile, image };
  });
  const sheet = element(
    'div',
    { class: 'tile-sheet', role: 'radiogroup', 'aria-label': `Filters of ${layer}` },
    ...tiles.map(({ tile }) => tile),
  );
  const focusOn = (filter: number): void => {
    choose(filter);
    tiles[filter]?.tile.focus();
  };
  sheet.addEventListener('keydown', (event) => {
    const at = tiles.findIndex(({ tile }) => tile === document.activeElement);
    const target = itemAfterKey(event.key, at, { count, columns: columnsOf(sheet) });
    if (target === undefined) return;
    event.preventDefault();
    focusOn(target);
  });
  return {
    element: sheet,
    update: (chosen, { kernels }) => {
      tiles.forEach(({ tile }, filter) => {
        tile.setAttribute('aria-checked', String(filter === chosen));
        tile.tabIndex = filter === chosen ? 0 : -1;
      });
      if (!changed(kernels)) return;
      const joint = reachOf(filters.data);
      tiles.forEach(({ image }, filter) => {
        const values = filterValues(filters, filter);
        const reach = kernels === 'joint' ? joint : reachOf(values);
        image.src = pixelImage(rgbTile(values, reach, order), width, height);
      });
    },
  };
}

function columnsOf(sheet: HTMLElement): number {
  return getComputedStyle(sheet).gridTemplateColumns.split(' ').length;
}
