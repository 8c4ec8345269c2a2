import type { PageDrawing } from '../protocol/pageDrawing';
import type { PanelChange, PanelState } from '../protocol/panelProtocol';
import { withChange, type Actions, type Export, type Tell, type ViewChange } from './state/actions';
import { messageOf } from './draw/resource';
import { framed } from './draw/redraw';
import { searchLayers, nextIndex } from './header/search';
import type { Ask } from './state/ask';
import { askOf, type ExplainLook } from './state/explainLook';
import { LayerData } from './state/layerData';
import { askAhead } from './explain/question';
import { drawPicture, type DrawContext } from './export/drawPicture';
import { exportAs } from './export/exportAs';
import { Page, type Search } from './page';
import { allToggled, foldedAtFirst, toggled } from './graph/layout/folds';
import type { Probe } from './probe/probe';
import { allLayers, applyChange, modelOf, type Model } from './state/model';
import { followed, ofOther } from './state/follow';
import type { ViewId, ViewState } from './state/viewState';

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
  /** What a key does; false where it can do nothing now. */
  private readonly keys: Readonly<Record<string, () => unknown>> = {
    '/': () => this.page.header.search.focus(),
    '?': () => this.page.keys.open(),
    f: () => this.look({ transform: 'fit' }),
    G: () => this.view.view === 'graph' && this.page.graph.foldAll(),
    t: () => this.toggleView(),
    c: () => this.toggle('compare', this.state.comparison),
    r: () => this.toggle('results', this.state.pictures),
    e: () => this.toggle('evaluate', this.state.evaluation),
    l: () => this.toggle('train', this.state.training),
    w: () => this.toggleExplanation(),
    '+': () => this.page.graph.zoomBy(1.25),
    '-': () => this.page.graph.zoomBy(0.8),
    b: () => this.togglePresentation(),
    ',': () => this.stepPicture(-1),
    '.': () => this.stepPicture(1),
    u: () => this.undoChange(),
    Escape: () => this.escape(),
  };
  /** What the host sends comes in several messages, and is painted once. */
  private readonly drawSoon = framed(() => this.draw());
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
      // One that is not there yet may come back.
      ...followed(view, state, (part) => state[part] !== undefined),
    };
    this.data = new LayerData(host.ask, () => this.draw());
    if (view.documentId === undefined)
      this.view = { ...this.view, folded: foldedAtFirst(this.model().shown.blocks) };
    this.page = new Page(root, this.actions(), () => this.draw());
    this.draw();
    host.keep(this.view);
  }

  change(change: PanelChange): void {
    const before = this.state;
    this.state = applyChange(this.state, change);
    const { documentId } = this.state;
    if (documentId !== before.documentId || change.run !== undefined) this.probed = undefined;
    // What was stopped for a change is asked for again.
    if (change.changed !== undefined) this.data.whys.retry();
    const view = followed(this.view, this.state, (part) => part in change);
    const seen = documentId === before.documentId ? view : { ...ofOther(documentId), ...view };
    if (Object.keys(seen).length > 0) this.see(seen);
    // How far work is comes often, and is seen in one place; that it begins or ends in several.
    if (before.work && change.work && Object.keys(change).length === 1)
      this.page.drawWork(this.state);
    else this.drawSoon();
  }

  /** Keys that work wherever the person is, unless they are typing. */
  key(key: string): boolean {
    return Object.hasOwn(this.keys, key) && this.keys[key]?.() !== false;
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
        this.look({ selected, looked: selected, pictureOpen: false });
        if (options?.focus) this.page.details.focus();
      },
      closeDetails: () => this.closeDetails(),
      toggleView: () => this.toggleView(),
      toggleComparison: () => void this.toggle('compare', this.state.comparison),
      showKeys: () => this.page.keys.open(),
      toggleResults: () => void this.toggle('results', this.state.pictures),
      toggleEvaluation: () => void this.toggle('evaluate', this.state.evaluation),
      toggleTraining: () => void this.toggle('train', this.state.training),
      toggleExplanation: () => this.toggleExplanation(),
      explainClass: (target) => this.explain(askOf(target)),
      explainUnit: (unit) => this.explain({ unit }),
      foreseeExplanation: (target) =>
        askAhead(this.model(), target === undefined ? {} : askOf(target)),
      erase: () => this.explain({ erasing: true }),
      togglePresentation: () => this.togglePresentation(),
      toggleFold: (blocks) => this.look({ folded: toggled(this.view.folded, blocks) }),
      toggleAllFolds: () => {
        const titles = this.model().shown.blocks.map(({ title }) => title);
        this.look({ folded: allToggled(this.view.folded, titles) });
      },
      keep: (seen) => {
        this.view = { ...this.view, ...seen };
        this.host.keep(this.view);
      },
      closePictures: () => {
        tell('closePictures');
        this.focusLayer(this.view.selected);
      },
      reopenPictures: () => {
        tell('reopenPictures');
        this.focusLayer(this.view.selected);
      },
      exportAs: (what) => this.export(what),
      askAgain: () => this.data.retry(),
      search: (query) => this.find({ query, index: undefined }),
      nextMatch: () => this.nextMatch(),
      leaveSearch: () => {
        const marked = this.search.index === undefined ? undefined : this.view.looked;
        this.find(noSearch);
        this.focusLayer(marked);
      },
    };
  }

  private look(change: ViewChange): void {
    this.see(change);
    this.draw();
  }

  private see(change: ViewChange): void {
    this.view = withChange(this.view, change);
    this.host.keep(this.view);
  }

  /** The host counts the steps, so that quick ones add up even before the page has drawn them. */
  private stepPicture(by: 1 | -1): boolean {
    if (!this.state.pictures) return false;
    this.host.tell('stepPicture', { by });
    return true;
  }

  private undoChange(): boolean {
    if (this.state.whatIf) this.host.tell('undoChange');
    return this.state.whatIf !== undefined;
  }

  private find(search: Search): void {
    this.search = search;
    this.draw();
  }

  private nextMatch(): void {
    const matches = searchLayers(allLayers(this.model().shown), this.search.query);
    const index = nextIndex(this.search.index, matches.length);
    const layer = index === undefined ? undefined : matches[index];
    this.search = { ...this.search, index };
    if (layer === undefined) return;
    this.look({ selected: layer, looked: layer });
    this.page.graph.reveal(layer);
  }

  /** The keyboard has come to the page, and no part of it has it: it goes on where it was. */
  arrive(): void {
    const view = this.shownView();
    const { looked } = this.view;
    if (view === 'graph') this.page.graph.arrive(looked);
    else this.focusLayer(looked);
  }

  /** Leaves what lies on top: the card, the details, the presentation, what stands in place of the graph. */
  private escape(): void {
    if (this.page.graph.dismissCard()) return;
    if (this.view.selected !== undefined) this.closeDetails();
    else if (this.view.presenting) this.togglePresentation();
    else if (this.shownView() !== 'graph') this.show('graph');
  }

  private togglePresentation(): void {
    this.look({ presenting: !this.view.presenting, transform: 'fit' });
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

  /** Shows a view in place of the graph, or the graph again; false where there is nothing to show in it. */
  private toggle(view: ViewId, shown: object | undefined): boolean {
    if (!shown) return false;
    this.show(this.shownView() === view ? 'graph' : view);
    return true;
  }

  private toggleExplanation(): void {
    this.show(this.shownView() === 'explain' ? 'graph' : 'explain');
  }

  private show(view: ViewId): void {
    // The card of a layer that is out of sight would take the next Escape.
    if (view !== 'graph') this.page.graph.dismissCard();
    this.look({ view });
    this.focusLayer(this.view.selected ?? this.view.looked);
  }

  private shownView(): ViewId {
    return this.model().view.view;
  }

  private focusLayer(layer: string | undefined): void {
    const { table, compare, graph, results, evaluate, train, explain } = this.page;
    const places = { table, compare, graph, results, evaluate, train, explain };
    places[this.shownView()].focus(layer);
  }

  /** Why the picture was taken for what it was, in place of the graph. */
  explain(explain: Partial<ExplainLook> = {}): void {
    this.look({ explain, pictureOpen: false });
    this.show('explain');
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
    const { activeElement: held } = document;
    const { details } = this.page;
    const inDetails = details.element.contains(held);
    this.page.draw(model, this.search);
    this.page.probe(model, this.probed);
    if (!isLost(held)) return;
    if (inDetails && !details.element.hidden) details.focus();
    else this.focusLayer(this.view.looked);
  }
}

/** Whether what had the keyboard has gone, and nothing else has it. */
function isLost(held: Element | null): boolean {
  const { activeElement: now, body } = document;
  if (!document.hasFocus() || held === null || held === body) return false;
  return !held.checkVisibility() && (now === held || now === body);
}
