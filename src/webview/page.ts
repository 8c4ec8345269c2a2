import type { PanelState } from '../protocol/panelProtocol';
import type { Actions } from './state/actions';
import { CompareView } from './compare/compareView';
import { DetailsPane } from './details/detailsPane';
import { element } from './draw/element';
import { TermTip } from './draw/termTip';
import { DropTarget } from './drop/dropTarget';
import { EvaluateView } from './evaluate/evaluateView';
import { ExplainView } from './explain/explainView';
import { Readout } from './draw/readout';
import { dirtyCheck } from './draw/redraw';
import { searchLayers } from './header/search';
import { GraphView } from './graph/graphView';
import { Header } from './header/header';
import { LayerTable } from './table/layerTable';
import { KeysDialog } from './keys/keysDialog';
import { Legend } from './legend/legend';
import { PicturePane } from './picture/picturePane';
import { PictureRow } from './picture/pictureRow';
import { ProblemBar, WorkBar } from './status/statusBars';
import { ResultsView } from './results/resultsView';
import { PictureStripView } from './strip/pictureStrip';
import { TrainView } from './train/trainView';
import { ChangeBar } from './whatIf/changeBar';
import type { Probe } from './probe/probe';
import { probeMarks } from './probe/probeMarks';
import { allLayers, type Model } from './state/model';
import { pageForm, type PageForm } from './state/pageForm';

/** What is searched for, and which match Enter went to. */
export interface Search {
  readonly query: string;
  readonly index: number | undefined;
}

/** The parts of the page and where they stand. Draws a state and a view, and keeps neither. */
export class Page {
  readonly header: Header;
  readonly graph: GraphView;
  readonly table: LayerTable;
  readonly compare: CompareView;
  readonly results: ResultsView;
  readonly evaluate: EvaluateView;
  readonly train: TrainView;
  readonly explain: ExplainView;
  readonly details: DetailsPane;
  private readonly middle = element('section', { class: 'middle', 'aria-label': 'Network' });
  private readonly foot = element('div', { class: 'foot' });
  private readonly picture: PicturePane;
  private readonly pictureRow: PictureRow;
  private readonly problem: ProblemBar;
  private readonly change: ChangeBar;
  private readonly work: WorkBar;
  private readonly strip: PictureStripView;
  readonly keys = new KeysDialog();
  private readonly legend: Legend;
  private readonly probeLine = new Readout('probe-line');

  private readonly resized = dirtyCheck();

  /** `redraw` is asked for a drawing when the page has another size. */
  constructor(
    private readonly root: HTMLElement,
    actions: Actions,
    private readonly redraw: () => void,
  ) {
    const { foot } = this;
    this.header = new Header(actions);
    this.graph = new GraphView(actions, foot);
    this.table = new LayerTable(actions);
    this.compare = new CompareView(actions);
    this.results = new ResultsView(actions);
    this.evaluate = new EvaluateView(actions);
    this.train = new TrainView(actions);
    this.explain = new ExplainView(actions);
    this.details = new DetailsPane(actions);
    this.picture = new PicturePane(actions);
    this.pictureRow = new PictureRow(actions, this.picture.element);
    this.problem = new ProblemBar(actions);
    this.change = new ChangeBar(actions);
    this.work = new WorkBar(actions);
    this.strip = new PictureStripView(actions);
    this.legend = new Legend(actions);
    this.legend.element.append(this.probeLine.element);
    foot.append(this.legend.element, this.legend.corner.element, this.work.element);
    const { graph, table, compare, results, evaluate, train, explain } = this;
    const views = [graph, table, compare, results, evaluate, train, explain];
    this.middle.append(...views.map((view) => view.element), foot);
    root.append(
      this.header.element,
      this.problem.element,
      this.pictureRow.element,
      this.change.element,
      this.middle,
      ...this.details.edges,
      this.details.element,
      this.picture.element,
      this.strip.element,
      this.keys.element,
      new TermTip(root).element,
      new DropTarget(actions).element,
    );
    // In the next frame: what is drawn for a size may change sizes, which an observer must not do at once.
    const sizes = new ResizeObserver(() => requestAnimationFrame(() => this.redrawResized()));
    for (const each of [root, this.middle]) sizes.observe(each);
  }

  draw(model: Model, search: Search): void {
    const { state, view } = model;
    const form = pageForm(this.root.clientWidth, view.presenting);
    this.shape(form, view.presenting);
    const matches = searchLayers(allLayers(model.shown), search.query);
    const current = search.index === undefined ? undefined : matches[search.index];
    this.graph.element.hidden = view.view !== 'graph';
    this.header.update(model);
    this.header.search.showCount(search.query, matches.length, search.index);
    this.problem.update(state.problem, state.engine);
    this.picture.update(model);
    this.picture.element.hidden = form.picture === 'row' && !view.pictureOpen;
    this.pictureRow.update(model, form.picture === 'row');
    this.change.update(model);
    this.strip.update(model);
    this.details.update(model);
    this.table.update(model, search.query.trim() === '' ? undefined : matches);
    this.compare.update(model);
    this.results.update(model);
    this.evaluate.update(model);
    this.train.update(model);
    this.explain.update(model);
    this.legend.update(model);
    this.drawWork(state);
    const { magnify } = form;
    const covered = this.details.place(view, { ...this.sheetRoom(), magnify });
    this.graph.update(
      model,
      { layers: matches, current },
      { covered: form.details === 'sheet' ? covered : 0, magnify },
    );
  }

  drawWork({ work }: Pick<PanelState, 'work'>): void {
    this.work.update(work);
    this.middle.setAttribute('aria-busy', String(work !== undefined));
  }

  /** The style sheets go by the form. */
  private shape({ picture, details, magnify }: PageForm, presenting: boolean): void {
    const { dataset, style } = this.root;
    Object.assign(dataset, { picture, details });
    this.root.classList.toggle('presenting', presenting);
    style.setProperty('--magnify', String(magnify));
  }

  /** A sheet lies over the middle down to its foot. */
  private sheetRoom(): { readonly bottom: number; readonly room: number } {
    const { top } = this.middle.getBoundingClientRect();
    const { top: bottom } = this.foot.getBoundingClientRect();
    return { bottom, room: Math.max(1, bottom - top) };
  }

  private redrawResized(): void {
    const { clientWidth, clientHeight } = this.root;
    const { room } = this.sheetRoom();
    if (this.resized(clientWidth, clientHeight, room)) this.redraw();
  }

  /** Marks what is pointed at wherever it shows, and says it in a line; nothing where it is undefined. */
  probe(
    { shown, run, view }: Model,
    probed: { readonly probe: Probe; readonly aloud: boolean } | undefined,
  ): void {
    const { network } = shown.document;
    const of = { network, layers: shown.summary.layers, about: view.selected };
    const marks = run && probed && probeMarks({ ...of, run }, probed.probe);
    this.picture.probe(marks);
    this.details.probe(marks);
    this.graph.probe(marks);
    this.probeLine.show(marks?.words ?? '', { aloud: probed?.aloud ?? false });
  }
}
