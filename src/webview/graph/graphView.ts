import type { Actions } from '../state/actions';
import { element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import { fitLayout } from './layout/fitLayout';
import { fitTransform, panInto, type Transform } from './layout/fitTransform';
import type { GraphLayout } from './layout/graphLayout';
import { graphNodes, nodeOfLayer } from './layout/graphNodes';
import { outline } from './layout/placedNode';
import { intersection, type Rect, type Size } from '../draw/rect';
import type { ProbeMarks } from '../probe/probeMarks';
import type { Model } from '../state/model';
import { cardContent, HoverCard } from './hoverCard';
import { FaceProbe } from './faceProbe';
import { GraphDrawing, textMeasure } from './graphDrawing';
import { listenToGraph } from './graphInput';
import { GraphZoom } from './graphZoom';
import { MinimapView } from './minimapView';
import { nodeLooks } from './drawNode';

const labelPixels = 11;
/** Below this the panes stand under each other and the page scrolls; panel.css has the same number. */
const narrow = '(max-width: 899px)';

/** The matches of a search, by layer name; `current` is the one that Enter went to. */
export interface Matches {
  readonly layers: readonly string[];
  readonly current: string | undefined;
}

/** A drawing of the graph in no page, from 0, 0. */
export interface GraphPicture extends Size {
  readonly svg: SVGSVGElement;
}

/** The width of a picture that no pane gives one. */
const pictureWidth = 1200;

/** The graph pane: lays the network out for its size, draws it, and answers pointer and keyboard. */
export class GraphView {
  readonly element = element('div', { class: 'graph-pane' });
  private readonly measure = textMeasure(labelPixels);
  private readonly drawing = new GraphDrawing(this.measure);
  private readonly card = new HoverCard();
  private readonly minimap = new MinimapView((x, y) => this.zoom.centreOn(x, y));
  private readonly zoom: GraphZoom;
  private readonly layoutChanged = dirtyCheck();
  private readonly looksChanged = dirtyCheck();
  private readonly media = matchMedia(narrow);
  private layout: GraphLayout | undefined;
  private model: Model | undefined;
  private matches: Matches = { layers: [], current: undefined };
  private tabStop: string | undefined;
  private transform: Transform = { k: 1, x: 0, y: 0 };
  private readonly faces: FaceProbe;

  constructor(
    private readonly actions: Actions,
    private readonly foot: Element,
  ) {
    this.zoom = new GraphZoom(
      this.drawing.svg,
      (transform, byPerson) => this.moved(transform, byPerson),
      () => this.card.hide(),
    );
    this.element.append(this.drawing.svg, this.minimap.element, this.card.element);
    this.faces = new FaceProbe(this.drawing, actions.probe);
    this.listen();
    // In the next frame: a layout may change the pane's own height, which an observer must not do at once.
    new ResizeObserver(() => requestAnimationFrame(() => this.redraw())).observe(this.element);
  }

  update(model: Model, matches: Matches): void {
    this.model = model;
    this.faces.update(model);
    this.matches = matches;
    this.redraw();
  }

  probe(marks: ProbeMarks | undefined): void {
    this.faces.mark(marks);
  }

  /** Gives the keyboard to a layer's block, or to the block that Tab would reach. */
  focus(layer?: string): void {
    const node = layer === undefined ? undefined : this.nodeOf(layer);
    this.focusNode(node ?? this.tabStop ?? '');
  }

  /** Brings a layer's block into sight and makes it the one that Tab reaches. */
  reveal(layer: string): void {
    const id = this.nodeOf(layer);
    if (id === undefined) return;
    this.tabStop = id;
    this.mark();
    this.panTo(id);
  }

  /** The graph of a model as the pane lays it out, with nothing marked. */
  picture(model: Model): GraphPicture {
    const pane = this.paneSize();
    const size = { width: pane.width || pictureWidth, height: pane.height || undefined };
    const layout = this.layoutOf(model, size);
    const { svg } = this.draw(new GraphDrawing(this.measure), layout, model);
    return { svg, width: layout.width, height: layout.height };
  }

  /** Closes the hover card; false when none was open. */
  dismissCard(): boolean {
    const { visible } = this.card;
    this.card.hide();
    return visible;
  }

  zoomBy(factor: number): void {
    this.zoom.zoomBy(factor);
  }

  private listen(): void {
    listenToGraph(this.drawing.svg, {
      layout: () => this.layout,
      open: (id, options) => this.open(id, options),
      fold: (block) => this.actions.toggleFold(block),
      foldAround: (id) => this.foldAround(id),
      walkCells: (id, key) => this.faces.walk(id, key),
      focus: (id) => this.focusNode(id),
      focused: (id, byKeyboard) => {
        this.tabStop = id;
        this.mark();
        if (byKeyboard) this.showCard(id);
      },
      blurred: () => {
        this.card.hideSoon();
        this.faces.leave();
      },
      entered: (id) => this.card.soon(() => this.showCard(id)),
      left: () => this.card.hideSoon(),
    });
  }

  private redraw(): void {
    const { model } = this;
    const pane = this.paneSize();
    if (!model || pane.width === 0) return;
    const { shown, view } = model;
    if (this.layoutChanged(shown, view.folded, pane.width, pane.height, this.media.matches)) {
      this.relayout(model, pane);
    }
    if (this.layout && this.looksChanged(this.layout, model.run, view.heat)) {
      this.card.hide();
      this.draw(this.drawing, this.layout, model);
    }
    this.applyTransform();
    this.mark();
  }

  private layoutOf(
    { shown, view }: Model,
    { width, height }: { readonly width: number; readonly height: number | undefined },
  ): GraphLayout {
    const { summary, blocks, document } = shown;
    const { unresolved } = document.network;
    const nodes = graphNodes({
      layers: summary.layers,
      unresolved,
      blocks,
      folded: view.folded,
    });
    const flows = this.media.matches;
    return fitLayout(nodes, this.measure, { width, height: flows ? undefined : height });
  }

  private draw(drawing: GraphDrawing, layout: GraphLayout, model: Model): GraphDrawing {
    drawing.draw(layout, ({ node }) => nodeLooks(model, node));
    return drawing;
  }

  private relayout(model: Model, pane: Size): void {
    const flows = this.media.matches;
    this.layout = this.layoutOf(model, pane);
    const nodes = this.layout.nodes.map(({ node }) => node);
    this.drawing.svg.style.height = flows ? `${this.layout.height}px` : '';
    this.zoom.pageScrolls = flows;
    this.zoom.bound(this.layout, this.paneSize(), this.fitted().k);
    this.minimap.draw(this.layout);
    if (!nodes.some(({ id }) => id === this.tabStop)) this.tabStop = nodes[0]?.id;
  }

  private applyTransform(): void {
    const { transform } = this.model?.view ?? {};
    const wanted = transform === undefined || transform === 'fit' ? this.fitted() : transform;
    const { k, x, y } = this.transform;
    // To set what is already there would break into a pan that is under way.
    if (wanted.k !== k || wanted.x !== x || wanted.y !== y) this.zoom.go(wanted);
    else this.minimap.follow(this.transform, this.paneSize());
  }

  private moved(transform: Transform, byPerson: boolean): void {
    this.transform = transform;
    this.drawing.move(transform);
    this.minimap.follow(transform, this.paneSize());
    if (byPerson) this.actions.keepTransform(transform);
  }

  private mark(): void {
    const { selected } = this.model?.view ?? {};
    const { layers, current } = this.matches;
    this.drawing.mark({
      selected: selected === undefined ? undefined : this.nodeOf(selected),
      matches: new Set(layers.flatMap((layer) => this.nodeOf(layer) ?? [])),
      current: current === undefined ? undefined : this.nodeOf(current),
      tabStop: this.tabStop,
    });
  }

  private open(id: string, options: { readonly focus: boolean }): void {
    const node = this.layout?.nodes.find((placed) => placed.node.id === id)?.node;
    this.card.hide();
    if (node?.folded) this.unfold(node.id, node.layers[0]);
    else this.actions.select(id, options);
  }

  private unfold(block: string, layer: string | undefined): void {
    this.actions.toggleFold(block);
    this.focus(layer);
  }

  private foldAround(id: string): void {
    const node = this.layout?.nodes.find((placed) => placed.node.id === id)?.node;
    if (node?.block === undefined) return;
    if (node.folded) this.unfold(node.block, node.layers[0]);
    else {
      this.actions.toggleFold(node.block);
      this.focusNode(node.block);
    }
  }

  private focusNode(id: string): void {
    this.panTo(id);
    this.drawing.buttonOf(id)?.focus();
  }

  private panTo(id: string): void {
    const placed = this.layout?.nodes.find(({ node }) => node.id === id);
    if (!placed) return;
    const next = panInto(this.transform, outline(placed), this.paneSize());
    if (next.x === this.transform.x && next.y === this.transform.y) return;
    this.zoom.go(next);
    this.actions.keepTransform(next);
  }

  private showCard(id: string): void {
    const placed = this.layout?.nodes.find(({ node }) => node.id === id);
    const shape = this.drawing.buttonOf(id);
    const ring = shape?.querySelector('.ring')?.getBoundingClientRect();
    if (!this.model || !placed || !shape || !ring) return;
    const bottom = this.foot.getBoundingClientRect().top;
    const pane = visible(this.drawing.svg.getBoundingClientRect(), bottom);
    this.card.show(cardContent(this.model, placed.node), shape, {
      block: ring,
      pane,
      others: this.drawing.ringsBut(id),
    });
  }

  private nodeOf(layer: string): string | undefined {
    const nodes = this.layout?.nodes.map(({ node }) => node) ?? [];
    return nodeOfLayer(nodes, layer)?.id;
  }

  private fitted(): Transform {
    return fitTransform(this.layout ?? { width: 1, height: 1 }, this.paneSize());
  }

  private paneSize(): Size {
    return { width: this.element.clientWidth, height: this.element.clientHeight };
  }
}

/** The part of a pane that is in the window, with room at its edges. */
function visible(pane: Rect, bottom: number): Rect {
  const edge = 6;
  const inWindow = { x: 0, y: 0, width: innerWidth, height: Math.min(innerHeight, bottom) };
  const { x, y, width, height } = intersection(pane, inWindow);
  return { x: x + edge, y: y + edge, width: width - 2 * edge, height: height - 2 * edge };
}
