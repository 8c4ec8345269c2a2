import { select } from 'd3-selection';
import { zoom, zoomIdentity, type D3ZoomEvent } from 'd3-zoom';
import type { Transform } from './layout/fitTransform';
import type { Size } from '../draw/rect';

const mostZoom = 8;

/** Pan and wheel zoom of an SVG. `moved` hears every change and whether a person made it. */
export class GraphZoom {
  private readonly behaviour;
  private readonly svg;
  /** Where the page itself scrolls, the bare wheel belongs to the page and Ctrl + wheel zooms. */
  pageScrolls = false;
  /** True while the drawing is put where the view has it: nobody zooms or pans then. */
  private placing = false;

  constructor(
    svg: SVGSVGElement,
    moved: (transform: Transform, byPerson: boolean) => void,
    started: () => void,
  ) {
    this.svg = select(svg);
    this.behaviour = zoom<SVGSVGElement, unknown>()
      .filter((event: MouseEvent | WheelEvent | TouchEvent) => this.takes(event))
      .on('start', started)
      .on('zoom', ({ transform: { k, x, y } }: D3ZoomEvent<SVGSVGElement, unknown>) =>
        moved({ k, x, y }, !this.placing),
      );
    this.svg.call(this.behaviour).on('dblclick.zoom', null);
  }

  /** Sets how far one may zoom and pan. */
  bound(world: Size, pane: Size, fitted: number): void {
    this.behaviour
      .extent([
        [0, 0],
        [pane.width, pane.height],
      ])
      .translateExtent([
        [0, 0],
        [world.width, world.height],
      ])
      .scaleExtent([Math.min(fitted, 1), mostZoom]);
  }

  go({ k, x, y }: Transform): void {
    this.placing = true;
    this.behaviour.transform(this.svg, zoomIdentity.translate(x, y).scale(k));
    this.placing = false;
  }

  centreOn(x: number, y: number): void {
    this.behaviour.translateTo(this.svg, x, y);
  }

  zoomBy(factor: number): void {
    this.behaviour.scaleBy(this.svg, factor);
  }

  private takes(event: MouseEvent | WheelEvent | TouchEvent): boolean {
    if (event instanceof WheelEvent) return !this.pageScrolls || event.ctrlKey || event.metaKey;
    if (event instanceof MouseEvent) return event.button === 0 && !event.ctrlKey;
    return !this.pageScrolls || event.touches.length > 1;
  }
}
