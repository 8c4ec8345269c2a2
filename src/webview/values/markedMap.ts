import { element, type Attributes } from '../draw/element';
import type { MapCell } from '../draw/grid';
import { cellOfGrid } from '../draw/grid';
import type { HeatMap } from '../draw/heatMap';
import { heatImage } from '../draw/pixels';
import type { Rect } from '../draw/rect';
import { placeMarks } from '../probe/placeMarks';

/** A small heatmap with a frame around one of its cells; a click picks a cell. */
export class MarkedMap {
  readonly element: HTMLElement;
  private readonly image = element('img', { alt: '' });
  private readonly marker = element('span', { class: 'map-marker' });
  private readonly frames = element('div', { class: 'probe-frames' });
  private size = { columns: 1, rows: 1 };

  constructor(attributes: Attributes, onPick: (row: number, column: number) => void) {
    this.element = element(
      'div',
      { class: 'marked-map', ...attributes },
      this.image,
      this.frames,
      this.marker,
    );
    this.element.addEventListener('click', (event) => {
      const { row, column } = this.cellUnder(event);
      onPick(row, column);
    });
  }

  show(map: HeatMap): void {
    this.size = map;
    this.image.src = heatImage(map);
  }

  cellUnder({ clientX, clientY }: MouseEvent): MapCell {
    const { left, top, width, height } = this.image.getBoundingClientRect();
    return cellOfGrid(this.size, { x: (clientX - left) / width, y: (clientY - top) / height });
  }

  mark(row: number, column: number): void {
    const { columns, rows } = this.size;
    const { style } = this.marker;
    style.left = `${(100 * column) / columns}%`;
    style.top = `${(100 * row) / rows}%`;
    style.width = `${100 / columns}%`;
    style.height = `${100 / rows}%`;
  }

  /** Frames besides that of the one cell; rectangles are parts of the map, from 0 to 1. */
  probe(rects: readonly Rect[]): void {
    placeMarks(this.frames, rects);
  }
}
