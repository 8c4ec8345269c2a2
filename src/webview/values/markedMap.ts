import { element, type Attributes } from '../dom/element';
import { heatImage } from '../dom/pixelImage';
import type { HeatMap } from '../heat/heatMap';

/** A small heatmap with a frame around one of its cells; a click picks a cell. */
export class MarkedMap {
  readonly element: HTMLElement;
  private readonly image = element('img', { alt: '' });
  private readonly marker = element('span', { class: 'map-marker' });
  private size = { columns: 1, rows: 1 };

  constructor(attributes: Attributes, onPick: (row: number, column: number) => void) {
    this.element = element('div', { class: 'marked-map', ...attributes }, this.image, this.marker);
    this.element.addEventListener('click', ({ clientX, clientY }) => {
      const { left, top, width, height } = this.image.getBoundingClientRect();
      const { columns, rows } = this.size;
      const place = (share: number, count: number): number =>
        Math.min(count - 1, Math.max(0, Math.floor(share * count)));
      onPick(place((clientY - top) / height, rows), place((clientX - left) / width, columns));
    });
  }

  show(map: HeatMap): void {
    this.size = map;
    this.image.src = heatImage(map);
  }

  mark(row: number, column: number): void {
    const { columns, rows } = this.size;
    const { style } = this.marker;
    style.left = `${(100 * column) / columns}%`;
    style.top = `${(100 * row) / rows}%`;
    style.width = `${100 / columns}%`;
    style.height = `${100 / rows}%`;
  }
}
