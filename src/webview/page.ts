import type { Actions } from './state/actions';
import { CompareView } from './compare/compareView';
import { DetailsPane } from './details/detailsPane';
import { element } from './draw/element';
import { Readout } from './draw/readout';
import { searchLayers } from './header/search';
import { GraphView } from './graph/graphView';
import { Header } from './header/header';
import { LayerTable } from './table/layerTable';
import { Legend } from './graph/legend';
import { PicturePane } from './picture/picturePane';
import { ProblemBar, WorkBar } from './status/statusBars';
import { PictureStripView } from './strip/pictureStrip';
import type { Probe } from './probe/probe';
import { probeMarks } from './probe/probeMarks';
import { allLayers, type Model } from './state/model';

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
  readonly details: DetailsPane;
  private readonly middle = element('section', { class: 'middle', 'aria-label': 'Network' });
  private readonly picture: PicturePane;
  private readonly problem: ProblemBar;
  private readonly work: WorkBar;
  private readonly strip: PictureStripView;
  private readonly legend = new Legend();
  private readonly probeLine = new Readout('probe-line');

  constructor(root: HTMLElement, actions: Actions) {
    this.header = new Header(actions);
    const foot = element('div', { class: 'foot' });
    this.graph = new GraphView(actions, foot);
    this.table = new LayerTable(actions);
    this.compare = new CompareView(actions);
    this.details = new DetailsPane(actions);
    this.picture = new PicturePane(actions);
    this.problem = new ProblemBar(actions);
    this.work = new WorkBar(actions);
    this.strip = new PictureStripView(actions);
    this.legend.element.append(this.probeLine.element);
    foot.append(this.legend.element, this.work.element);
    this.middle.append(this.graph.element, this.table.element, this.compare.element, foot);
    root.append(
      this.header.element,
      this.problem.element,
      this.middle,
      this.details.edge,
      this.details.element,
      this.picture.element,
      this.strip.element,
    );
  }

  draw(model: Model, search: Search): void {
    const { state } = model;
    const matches = searchLayers(allLayers(model.shown), search.query);
    const current = search.index === undefined ? undefined : matches[search.index];
    this.graph.element.hidden = model.view.view !== 'graph';
    this.header.update(model);
    this.header.search.showCount(search.query, matches.length, search.index);
    this.problem.update(state.problem);
    this.picture.update(model);
    this.strip.update(model);
    this.details.update(model);
    this.table.update(model, search.query.trim() === '' ? undefined : matches);
    this.compare.update(model);
    this.legend.update(model);
    this.work.update(state.work);
    this.middle.setAttribute('aria-busy', String(state.work !== undefined));
    this.graph.update(model, { layers: matches, current });
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
