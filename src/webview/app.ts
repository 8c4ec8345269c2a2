import type { PageDrawing } from '../protocol/pageDrawing';
import type { PanelChange, PanelState } from '../protocol/panelProtocol';
import type { Actions, Export, Tell, ViewChange } from './state/actions';
import { messageOf } from './draw/resource';
import { framed } from './draw/redraw';
import { searchLayers, nextIndex } from './header/search';
import { LayerData, type Ask } from './state/layerData';
import { drawPicture, type DrawContext } from './export/drawPicture';
import { exportAs } from './export/exportAs';
import { Page, type Search } from './page';
import type { Probe } from './probe/probe';
import { allLayers, applyChange, modelOf, type Model } from './state/model';
import { followComparison, type ViewId, type ViewState } from './state/viewState';

/** What the app needs of its surroundings. */
export interface Host {
  readonly tell: Tell;
  readonly ask: Ask;
  /** Keeps the view for when the page is opened again. */
  readonly keep: (view: ViewState) => void;
}

const noSearch: Search = { query: '', index: undefined };

/** Joins the host's state with the person's view and redraws whenever either changes. */
export class App {
  private readonly page: Page;
  private readonly data: LayerData;
  private search = noSearch;
  /** What is pointed at, and whether the keyboard did so; of this moment, never kept. */
  private probed: { readonly probe: Probe; readonly aloud: boolean } | undefined;
  private readonly showProbe = framed(() => this.page.probe(this.model(), this.probed));

  constructor(
    root: HTMLElement,
    private state: PanelState,
    private view: ViewState,
    private readonly host: Host,
  ) {
    this.view = {
      ...view,
      documentId: state.documentId,
      ...followComparison(view, state.comparison),
    };
    this.data = new LayerData(host.ask, () => this.draw());
    this.page = new Page(root, this.actions());
    this.draw();
    host.keep(this.view);
  }

  change(change: PanelChange): void {
    const before = this.state;
    this.state = applyChange(this.state, change);
    const { documentId } = this.state;
    if (documentId !== before.documentId || change.run !== undefined) this.probed = undefined;
    const view = followComparison(this.view, this.state.comparison);
    this.look(documentId === before.documentId ? view : { documentId, transform: 'fit', ...view });
  }

  /** Keys that work wherever the person is, unless they are typing. */
  key(key: string): boolean {
    switch (key) {
      case '/':
        this.page.header.search.focus();
        return true;
      case 'f':
        this.look({ transform: 'fit' });
        return true;
      case 't':
        this.toggleView();
        return true;
      case 'c':
        return this.toggleComparison();
      case '+':
      case '-':
        this.page.graph.zoomBy(key === '+' ? 1.25 : 0.8);
        return true;
      case ',':
      case '.':
        return this.stepPicture(key === '.' ? 1 : -1);
      case 'Escape':
        if (!this.page.graph.dismissCard()) this.closeDetails();
        return true;
      default:
        return false;
    }
  }

  private actions(): Actions {
    const { tell } = this.host;
    return {
      tell,
      look: (change) => this.look(change),
      probe: (probe, { aloud }) => {
        this.probed = probe && { probe, aloud };
        this.showProbe();
      },
      select: (selected, options) => {
        this.look({ selected });
        if (options?.focus) this.page.details.focus();
      },
      closeDetails: () => this.closeDetails(),
      toggleView: () => this.toggleView(),
      toggleComparison: () => void this.toggleComparison(),
      toggleFold: (block) => this.toggleFold(block),
      keepTransform: (transform) => {
        this.view = { ...this.view, transform };
        this.host.keep(this.view);
      },
      closePictures: () => {
        tell('closePictures');
        this.focusLayer(this.view.selected);
      },
      exportAs: (what) => this.export(what),
      askAgain: () => this.data.retry(),
      search: (query) => this.find({ query, index: undefined }),
      nextMatch: () => this.nextMatch(),
      leaveSearch: () => {
        this.find(noSearch);
        this.focusLayer(undefined);
      },
    };
  }

  private look({ channels, weightsLook, ...change }: ViewChange): void {
    this.view = {
      ...this.view,
      ...change,
      ...(channels && { channels: { ...this.view.channels, ...channels } }),
      ...(weightsLook && { weightsLook: { ...this.view.weightsLook, ...weightsLook } }),
    };
    this.host.keep(this.view);
    this.draw();
  }

  /** The host counts the steps, so that quick ones add up even before the page has drawn them. */
  private stepPicture(by: 1 | -1): boolean {
    if (!this.state.pictures) return false;
    this.host.tell('stepPicture', { by });
    return true;
  }

  private find(search: Search): void {
    this.search = search;
    this.draw();
  }

  private nextMatch(): void {
    const matches = searchLayers(allLayers(this.model().shown), this.search.query);
    const index = nextIndex(this.search.index, matches.length);
    const layer = index === undefined ? undefined : matches[index];
    this.find({ ...this.search, index });
    if (layer !== undefined) this.page.graph.reveal(layer);
  }

  private closeDetails(): void {
    const { selected } = this.view;
    if (selected === undefined) return;
    this.look({ selected: undefined });
    this.focusLayer(selected);
  }

  private toggleView(): void {
    this.show(this.shownView() === 'graph' ? 'table' : 'graph');
  }

  /** False where there is nothing to compare. */
  private toggleComparison(): boolean {
    if (!this.state.comparison) return false;
    this.show(this.shownView() === 'compare' ? 'graph' : 'compare');
    return true;
  }

  private show(view: ViewId): void {
    this.look({ view });
    this.focusLayer(this.view.selected);
  }

  private shownView(): ViewId {
    return this.model().view.view;
  }

  private toggleFold(block: string): void {
    const { folded } = this.view;
    const open = folded.filter((title) => title !== block);
    this.look({ folded: open.length < folded.length ? open : [...folded, block] });
  }

  private focusLayer(layer: string | undefined): void {
    const places = { table: this.page.table, compare: this.page.compare, graph: this.page.graph };
    places[this.shownView()].focus(layer);
  }

  /** The bytes of a picture that the host cannot draw. */
  drawing(what: PageDrawing): Promise<Uint8Array> {
    return drawPicture(what, this.drawContext());
  }

  private export(what: Export): void {
    const { tell } = this.host;
    exportAs(what, { ...this.drawContext(), tell }).catch((error: unknown) =>
      tell('showProblem', { why: messageOf(error) }),
    );
  }

  private drawContext(): DrawContext {
    const model = this.model();
    return { model, graph: () => this.page.graph.picture(model) };
  }

  private model(): Model {
    return modelOf(this.state, this.view, this.data);
  }

  private draw(): void {
    const model = this.model();
    this.page.draw(model, this.search);
    this.page.probe(model, this.probed);
  }
}
