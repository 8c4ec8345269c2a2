import type { Point } from '../../network/preprocess/fitPlace';
import { element } from '../draw/element';
import { cellOfGrid, middleCell, type Grid, type MapCell } from '../draw/grid';
import { cellAfterKey } from '../draw/gridKeys';
import type { Rect } from '../draw/rect';
import { placeMarks } from './placeMarks';

export interface SurfaceOptions {
  readonly name: string;
  /** The cells that arrows walk, so many at a time; with Shift, one. */
  readonly grid: Grid;
  readonly step: number;
  /** The cell at a place from 0 to 1; undefined where there is none. */
  readonly cellAt?: (place: Point) => MapCell | undefined;
  readonly point: (cell: MapCell | undefined, options: { readonly aloud: boolean }) => void;
}

/** A picture or map whose cells are pointed at by pointer and keyboard, with frames on it. */
export class ProbeSurface {
  readonly element: HTMLElement;
  private readonly frames = element('div', { class: 'probe-frames' });
  private cell: MapCell | undefined;

  constructor(
    content: HTMLElement,
    private readonly options: SurfaceOptions,
  ) {
    this.element = element(
      'div',
      { class: 'probe-surface', role: 'application', tabindex: 0, 'aria-label': options.name },
      content,
      this.frames,
    );
    const { point } = options;
    this.element.addEventListener('pointermove', (event) =>
      point(this.cellUnder(event), { aloud: false }),
    );
    this.element.addEventListener('pointerleave', () => point(undefined, { aloud: false }));
    this.element.addEventListener('keydown', (event) => this.key(event));
    this.element.addEventListener('focus', () => {
      if (this.element.matches(':focus-visible')) this.go(this.cell ?? middleCell(options.grid));
    });
    this.element.addEventListener('blur', () => point(undefined, { aloud: false }));
  }

  /** Rectangles are parts of the surface, from 0 to 1. */
  mark(rects: readonly Rect[]): void {
    placeMarks(this.frames, rects);
  }

  private go(cell: MapCell): void {
    this.cell = cell;
    this.options.point(cell, { aloud: true });
  }

  private key(event: KeyboardEvent): void {
    const { grid, step } = this.options;
    const before = this.cell ?? middleCell(grid);
    const cell = cellAfterKey(event.key, before, grid, event.shiftKey ? 1 : step);
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.go(cell);
  }

  private cellUnder({ clientX, clientY }: MouseEvent): MapCell | undefined {
    const { left, top, width, height } = this.element.getBoundingClientRect();
    const place = { x: (clientX - left) / width, y: (clientY - top) / height };
    const { grid, cellAt } = this.options;
    return cellAt ? cellAt(place) : cellOfGrid(grid, place);
  }
}
