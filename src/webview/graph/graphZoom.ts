import { select } from 'd3-selection';
import { zoom, zoomIdentity, zoomTransform, type D3ZoomEvent } from 'd3-zoom';
import type { Transform } from './layout/fitTransform';
import type { Rect, Size } from '../draw/rect';
import type { Point } from '../../network/preprocess/fitPlace';

const mostZoom = 8;
/** Of a wheel that counts lines. */
const lineHeight = 16;

/** Pan and wheel zoom of an SVG. `moved` hears every change and whether a person made it. */
export class GraphZoom {
  private readonly behaviour;
  private readonly svg;
  /** Where the graph is larger than its pane, the bare wheel pans and Ctrl + wheel zooms. */
  wheelPans = false;
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
    this.svg.on('wheel.pan', (event: WheelEvent) => this.pan(event));
  }

  /** Sets how far one may zoom out and pan: not beyond `world`, in the drawing's pixels. */
  bound(least: number, pane: Size, world: Rect): void {
    this.behaviour
      .extent([
        [0, 0],
        [pane.width, pane.height],
      ])
      .translateExtent([
        [world.x, world.y],
        [world.x + world.width, world.y + world.height],
      ])
      .scaleExtent([least, mostZoom]);
  }

  go({ k, x, y }: Transform): void {
    this.placing = true;
    this.behaviour.transform(this.svg, zoomIdentity.translate(x, y).scale(k));
    this.placing = false;
  }

  centreOn(x: number, y: number): void {
    this.behaviour.translateTo(this.svg, x, y);
  }

  /** About a point of the pane, its middle where it is left out. */
  zoomBy(factor: number, point?: Point): void {
    this.behaviour.scaleBy(this.svg, factor, point && [point.x, point.y]);
  }

  private takes(event: MouseEvent | WheelEvent | TouchEvent): boolean {
    if (event instanceof WheelEvent) return !this.wheelPans || isZoom(event);
    return !(event instanceof MouseEvent) || (event.button === 0 && !event.ctrlKey);
  }

  private pan(event: WheelEvent): void {
    const node = this.svg.node();
    if (this.takes(event) || !node) return;
    event.preventDefault();
    const { k } = zoomTransform(node);
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? lineHeight : 1;
    const [across, down] = event.shiftKey
      ? [event.deltaX + event.deltaY, 0]
      : [event.deltaX, event.deltaY];
    this.behaviour.translateBy(this.svg, (-across * pixels) / k, (-down * pixels) / k);
  }
}

/** A pinch comes as a wheel with Ctrl. */
function isZoom({ ctrlKey, metaKey }: WheelEvent): boolean {
  return ctrlKey || metaKey;
}
