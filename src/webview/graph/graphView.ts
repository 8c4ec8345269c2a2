import type { Actions } from '../state/actions';
import { element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import { layOut } from './layOut';
import type { Pane } from './layout/fitLayout';
import type { GraphLayout } from './layout/graphLayout';
import type { GraphNode } from './layout/graphNodes';
import type { PlacedNode } from './layout/placedNode';
import { stopRect, type Stop } from './layout/stops';
import { cardRoom } from './layout/placeCard';
import type { Size } from '../draw/rect';
import type { ProbeMarks } from '../probe/probeMarks';
import type { Model } from '../state/model';
import type { ViewTransform } from '../state/viewState';
import { cardContent, HoverCard } from './hoverCard';
import { FaceProbe } from './faceProbe';
import { GraphCamera } from './graphCamera';
import { GraphDrawing, stopAt, textMeasure, type GraphPicture } from './graphDrawing';
import { listenToGraph } from './graphInput';
import { nodeLooks, scaleOf } from './drawNode';

const labelPixels = 11;
/** The matches of a search, by layer name; `current` is the one that Enter went to. */
export interface Matches {
  readonly layers: readonly string[];
  readonly current: string | undefined;
}

/** What the page does to the pane: pixels covered from below, and how much larger than usual the graph is drawn. */
export interface Surroundings {
  readonly covered: number;
  readonly magnify: number;
}

/** The width of a picture that no pane gives one. */
const pictureWidth = 1200;

/** The graph pane: lays the network out for its size, draws it, and answers pointer and keyboard. */
export class GraphView {
  readonly element = element('div', { class: 'graph-pane' });
  private readonly measure = textMeasure(labelPixels);
  private readonly drawing = new GraphDrawing(this.measure);
  private readonly card = new HoverCard();
  private readonly camera: GraphCamera;
  private readonly layoutChanged = dirtyCheck();
  private readonly looksChanged = dirtyCheck();
  private readonly outlookChanged = dirtyCheck();
  private layout: GraphLayout | undefined;
  /** The node that stands for each layer. */
  private nodeIds: ReadonlyMap<string, string> = new Map();
  private model: Model | undefined;
  /** Where the person wants the graph: as the model says, then as they move it. */
  private place: ViewTransform = 'fit';
  private matches: Matches = { layers: [], current: undefined };
  private tabStop: Stop | undefined;
  /** The page has the keyboard by itself: nobody asked for a card. */
  private arriving = false;
  private surroundings: Surroundings = { covered: 0, magnify: 1 };
  /** The selected block is kept in sight when the pane or what covers it changes, until a person moves the graph. */
  private keepsSelected = false;
  private readonly faces: FaceProbe;

  constructor(
    private readonly actions: Actions,
    private readonly foot: Element,
  ) {
    this.camera = new GraphCamera(this.drawing, {
      keep: (transform) => {
        this.keepsSelected = false;
        this.place = transform;
        actions.keep({ transform });
      },
      started: () => this.card.hide(),
    });
    this.element.append(this.drawing.svg, ...this.camera.signs, this.card.element);
    this.faces = new FaceProbe(this.drawing, actions.probe);
    this.listen();
    // In the next frame: a layout may change the pane's own height, which an observer must not do at once.
    new ResizeObserver(() => requestAnimationFrame(() => this.redraw())).observe(this.element);
  }

  update(model: Model, matches: Matches, surroundings: Surroundings): void {
    this.model = model;
    this.place = model.view.transform;
    this.element.classList.toggle('old', model.isOld);
    this.element.setAttribute('aria-busy', String(model.isRenewed));
    this.surroundings = surroundings;
    this.element.style.setProperty('--covered', `${surroundings.covered}px`);
    this.faces.update(model);
    this.matches = matches;
    this.redraw();
  }

  probe(marks: ProbeMarks | undefined): void {
    this.faces.mark(marks);
  }

  /** Gives the keyboard to a layer's block, or to what Tab would reach. */
  focus(layer?: string): void {
    const stop = this.stopOf(layer) ?? this.tabStop;
    if (stop) this.focusStop(stop);
  }

  /** As `focus`, but what is in sight stays so: without a pan, and without the card. */
  arrive(layer?: string): void {
    const stop = this.stopOf(layer) ?? this.tabStop;
    this.arriving = true;
    if (stop) this.drawing.elementOf(stop)?.focus({ preventScroll: true });
    this.arriving = false;
  }

  /** Brings a layer's block into sight and makes it the one that Tab reaches. */
  reveal(layer: string): void {
    const stop = this.stopOf(layer);
    if (!stop) return;
    this.tabStop = stop;
    this.mark();
    this.panTo(stop);
  }

  /** The graph of a model as the pane lays it out, with nothing marked. */
  picture(model: Model): GraphPicture {
    const pane = this.paneSize();
    const size = { width: pane.width || pictureWidth, height: pane.height || undefined };
    const layout = this.layOut(model, size);
    const own = { ...model, faces: model.run };
    const { svg } = this.draw(new GraphDrawing(this.measure), layout, own);
    return { svg, width: layout.width, height: layout.height };
  }

  /** Closes the hover card; false when none was open. */
  dismissCard(): boolean {
    const { visible } = this.card;
    this.card.hide();
    return visible;
  }

  /** About what has the keyboard, which stays where it is. */
  zoomBy(factor: number): void {
    const stop = stopAt(document.activeElement);
    this.camera.zoomBy(factor, stop && this.layout && stopRect(this.layout, stop));
  }

  private listen(): void {
    listenToGraph(this.drawing.svg, {
      layout: () => this.layout,
      open: (id, options) => this.open(id, options),
      fold: (block) => this.foldTitled(block),
      foldAll: (id) => this.foldAll(id),
      foldAround: (id) => this.foldAround(id),
      walkCells: (id, key) => this.faces.walk(id, key),
      focus: (stop) => this.focusStop(stop),
      focused: (stop, byKeyboard) => this.focused(stop, byKeyboard),
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
    const { covered, magnify } = this.surroundings;
    const { width, height } = pane;
    if (this.layoutChanged(shown, view.folded, width, height, magnify)) this.relayout(model, pane);
    const framed = this.outlookChanged(this.layout, covered, covered > 0 && view.selected);
    if (this.layout && framed) {
      this.camera.frame(this.layout, { pane, ...this.surroundings }, this.place !== 'fit');
      this.keepsSelected = view.selected !== undefined;
    }
    if (
      this.layout &&
      this.looksChanged(this.layout, model.faces, model.cams, view.heat, view.colouring)
    ) {
      this.card.hide();
      this.draw(this.drawing, this.layout, model);
    }
    const keeps = this.keepsSelected || this.place === 'fit';
    const kept = keeps ? this.stopOf(view.selected) : undefined;
    this.camera.show(this.place, kept && this.layout && stopRect(this.layout, kept));
    this.mark();
  }

  private layOut(model: Model, pane: Pane): GraphLayout {
    return layOut(model, { measure: this.measure, pane, magnify: this.surroundings.magnify });
  }

  private draw(drawing: GraphDrawing, layout: GraphLayout, model: Model): GraphDrawing {
    const scale = scaleOf(model);
    drawing.draw(layout, ({ node }) => nodeLooks(model, scale, node));
    return drawing;
  }

  private relayout(model: Model, pane: Size): void {
    this.layout = this.layOut(model, pane);
    const { nodes } = this.layout;
    this.nodeIds = new Map(nodes.flatMap(({ node }) => node.layers.map((name) => [name, node.id])));
    const { tabStop } = this;
    if (tabStop && stopRect(this.layout, tabStop)) return;
    this.tabStop =
      this.stopOf(model.view.looked) ?? this.stopOf(this.layout.nodes[0]?.node.layers[0]);
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
    const node = this.placed(id)?.node;
    this.card.hide();
    if (node?.folded) this.toggleFold(node);
    else this.actions.select(id, options);
  }

  private toggleFold({ folds, layers }: Pick<GraphNode, 'folds' | 'layers'>): void {
    this.actions.toggleFold(folds);
    this.focus(layers[0]);
  }

  private foldAround(id: string): void {
    const node = this.placed(id)?.node;
    if (node?.block !== undefined) this.toggleFold(node);
  }

  /** Folds or unfolds what stands under a bracket. */
  private foldTitled(title: string): void {
    const under = this.layout?.nodes.find(({ node }) => node.block === title);
    if (under) this.actions.toggleFold(under.node.folds);
  }

  /** Folds or unfolds all blocks; a block that has the keyboard keeps it. */
  foldAll(id?: string): void {
    const layer = id === undefined ? undefined : this.placed(id)?.node.layers[0];
    this.actions.toggleAllFolds();
    if (layer !== undefined) this.focus(layer);
  }

  private focusStop(stop: Stop): void {
    this.panTo(stop);
    this.drawing.elementOf(stop)?.focus();
  }

  private focused(stop: Stop, byKeyboard: boolean): void {
    this.tabStop = stop;
    this.mark();
    if (stop.kind !== 'layer') return;
    if (byKeyboard && !this.arriving) this.showCard(stop.id);
    const layer = this.placed(stop.id)?.node.layers[0];
    if (layer !== undefined) this.actions.keep({ looked: layer });
  }

  private panTo(stop: Stop): void {
    const rect = this.layout && stopRect(this.layout, stop);
    if (rect) this.camera.panTo(rect);
  }

  private showCard(id: string): void {
    const placed = this.placed(id);
    const shape = this.drawing.buttonOf(id);
    const ring = shape?.querySelector('.ring')?.getBoundingClientRect();
    if (!this.model || !placed || !shape || !ring) return;
    const bottom = this.foot.getBoundingClientRect().top - this.surroundings.covered;
    const pane = cardRoom(this.drawing.svg.getBoundingClientRect(), bottom);
    this.card.show(cardContent(this.model, placed.node), shape, {
      block: ring,
      pane,
      others: this.drawing.ringsBut(id),
    });
  }

  private placed(id: string): PlacedNode | undefined {
    return this.layout?.nodes.find(({ node }) => node.id === id);
  }

  private stopOf(layer: string | undefined): Stop | undefined {
    const id = layer === undefined ? undefined : this.nodeOf(layer);
    return id === undefined ? undefined : { kind: 'layer', id };
  }

  private nodeOf(layer: string): string | undefined {
    return this.nodeIds.get(layer);
  }

  private paneSize(): Size {
    return { width: this.element.clientWidth, height: this.element.clientHeight };
  }
}
