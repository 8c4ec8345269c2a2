import { enclosing, overlaps, type Rect, type Size } from '../draw/rect';
import type { Point } from '../../network/preprocess/fitPlace';
import { MoreEdges } from '../draw/moreEdges';
import type { ViewTransform } from '../state/viewState';
import { anchorAt, anchored } from './layout/anchor';
import {
  fitTransform,
  goesBeyond,
  panInto,
  smallestZoom,
  visibleRect,
  type Transform,
} from './layout/fitTransform';
import type { GraphLayout } from './layout/graphLayout';
import type { GraphDrawing } from './graphDrawing';
import { GraphZoom } from './graphZoom';
import { MinimapView, visiblePart } from './minimapView';
import { ScrollRail, seenPart } from './scrollRail';

interface CameraOptions {
  /** A zoom or pan that is already drawn. */
  readonly keep: (transform: Transform) => void;
  readonly started: () => void;
}

/** The pane, the pixels of it that something lies over from below, and how much larger than usual the graph is drawn. */
export interface Outlook {
  readonly pane: Size;
  readonly covered: number;
  readonly magnify: number;
}

/** Which part of the graph the pane shows, and the signs of what is out of sight. */
export class GraphCamera {
  /** Over the drawing: shades where the graph goes on, and a rail or the minimap. */
  readonly signs: readonly Element[];
  private readonly minimap = new MinimapView((x, y) => this.zoom.centreOn(x, y));
  private readonly rail = new ScrollRail((part) => {
    this.zoom.centreOn(this.world.width / 2, part * this.world.height);
  });
  private readonly edges = new MoreEdges();
  private readonly zoom: GraphZoom;
  private layout: GraphLayout | undefined;
  private world: Size = { width: 1, height: 1 };
  private outlook: Outlook = { pane: { width: 1, height: 1 }, covered: 0, magnify: 1 };
  private transform: Transform = { k: 1, x: 0, y: 0 };

  constructor(
    private readonly drawing: GraphDrawing,
    private readonly options: CameraOptions,
  ) {
    this.signs = [this.edges.element, this.rail.element, this.minimap.element];
    this.zoom = new GraphZoom(
      drawing.svg,
      (transform, byPerson) => this.moved(transform, byPerson),
      options.started,
    );
  }

  /** Takes a new layout, or another pane. With `keepsMiddle`, what stood in the middle of the pane does so again. */
  frame(layout: GraphLayout, outlook: Outlook, keepsMiddle: boolean): void {
    const { pane } = outlook;
    const { layout: last } = this;
    const before = this.outlook.pane;
    const isOther = layout !== last || pane.width !== before.width || pane.height !== before.height;
    const anchor = keepsMiddle && isOther && last ? anchorAt(last, this.middle()) : undefined;
    const { width, height } = layout;
    this.layout = layout;
    this.world = { width, height };
    this.outlook = outlook;
    this.look();
    const fitted = this.fitted();
    const reach = enclosing(visibleRect(fitted, pane), { x: 0, y: 0, ...this.world });
    this.zoom.bound(smallestZoom(this.world, pane), this.seenPane(), reach);
    this.zoom.wheelPans = goesBeyond(this.world, pane, fitted.k);
    this.minimap.draw(layout);
    const middle = anchor && anchored(layout, anchor);
    if (middle) this.zoom.centreOn(middle.x, middle.y);
  }

  /** With `seen`, moved from there as little as brings that part of the graph into the pane. */
  show(wanted: ViewTransform, seen?: Rect): void {
    const place = wanted === 'fit' || this.showsNothing(wanted) ? this.fitted() : wanted;
    const next = seen ? panInto(place, withMargin(seen), this.seenPane()) : place;
    const { k, x, y } = this.transform;
    // To set what is already there would break into a pan that is under way.
    if (next.k !== k || next.x !== x || next.y !== y) this.zoom.go(next);
    else this.sign();
  }

  /** Brings a part of the graph into the pane. */
  panTo(target: Rect): void {
    const next = panInto(this.transform, withMargin(target), this.seenPane());
    if (next.x === this.transform.x && next.y === this.transform.y) return;
    this.zoom.go(next);
    this.options.keep(next);
  }

  /** The middle of `about` stays where it is in the pane; the middle of the pane where it is left out. */
  zoomBy(factor: number, about?: Rect): void {
    const { k, x, y } = this.transform;
    const point = about && {
      x: x + k * (about.x + about.width / 2),
      y: y + k * (about.y + about.height / 2),
    };
    this.zoom.zoomBy(factor, point);
  }

  private moved(transform: Transform, byPerson: boolean): void {
    this.transform = transform;
    this.drawing.move(transform);
    this.look();
    this.sign();
    if (byPerson) this.options.keep(transform);
  }

  private look(): void {
    this.drawing.look(visibleRect(this.transform, this.outlook.pane));
  }

  private sign(): void {
    const { transform, world } = this;
    const pane = this.seenPane();
    const { k } = transform;
    const goesDown = goesBeyond(world, pane, k) && k * world.width <= pane.width + 1;
    this.rail.show(goesDown ? seenPart(transform, pane, world) : undefined);
    this.minimap.follow(transform, pane, goesDown);
    this.edges.show(visiblePart(transform, pane, world), world);
  }

  private fitted(): Transform {
    const { pane, magnify } = this.outlook;
    return fitTransform(this.world, pane, magnify);
  }

  /** A place of another session, whose pane was another. */
  private showsNothing(place: Transform): boolean {
    return !overlaps(visibleRect(place, this.seenPane()), { x: 0, y: 0, ...this.world });
  }

  /** Of what is seen, in the graph's own pixels. */
  private middle(): Point {
    const { x, y, width, height } = visibleRect(this.transform, this.seenPane());
    return { x: x + width / 2, y: y + height / 2 };
  }

  private seenPane(): Size {
    const { pane, covered } = this.outlook;
    return { width: pane.width, height: Math.max(1, pane.height - covered) };
  }
}

/** Not at the very edge, where the shades are. */
function withMargin({ x, y, width, height }: Rect): Rect {
  const margin = 12;
  return { x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin };
}
