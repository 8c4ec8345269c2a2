import { layerNamed } from '../../network/network';
import type { Actions } from '../state/actions';
import { button, element } from '../draw/element';
import { icon } from '../draw/icon';
import { dirtyCheck } from '../draw/redraw';
import type { LayerSummary } from '../../network/summary';
import { kindWords, problemNotes } from '../layers/layerFacts';
import type { ProbeMarks } from '../probe/probeMarks';
import { layerSummary, type Model, type UnresolvedSummary } from '../state/model';
import { ChannelsTab } from '../channels/channelsTab';
import { WeightsTab } from '../weights/weightsTab';
import { DifferenceTab } from '../compare/differenceTab';
import { LikesTab } from '../likes/likesTab';
import { ValuesTab } from '../values/valuesTab';
import { OverviewTab } from './overviewTab';
import { PaneWidth } from './paneWidth';
import { SheetHeight, type SheetPlace } from './sheetHeight';
import type { Tab } from '../state/tab';
import { TabList } from './tabList';

/** The selected layer in full, a tab for each side of it. */
export class DetailsPane {
  readonly element = element('section', {
    class: 'details-pane',
    'aria-labelledby': 'details-title',
    hidden: true,
    tabindex: 0,
  });
  /** The separators at the pane's edges; outside the pane, so that they do not scroll with it. */
  readonly edges: readonly HTMLElement[];
  private readonly title = element('h2', { id: 'details-title' });
  private readonly problem = element('div', { class: 'details-body', hidden: true });
  private readonly tabs: readonly Tab[];
  private readonly list: TabList;
  private readonly width: PaneWidth;
  private readonly drawnChanged = dirtyCheck();
  private readonly height: SheetHeight;

  constructor(actions: Actions) {
    this.tabs = [
      new OverviewTab(actions),
      new ChannelsTab(actions),
      new WeightsTab(actions),
      new ValuesTab(actions),
      new LikesTab(actions),
      new DifferenceTab(actions),
    ];
    this.width = new PaneWidth(this.element, actions);
    this.height = new SheetHeight(this.element, actions);
    this.edges = [this.width.edge, this.height.edge];
    this.list = new TabList(this.tabs, (tab) => actions.look({ tab }));
    const close = button('', actions.closeDetails, {
      kind: 'plain',
      'aria-label': 'Close details',
      title: 'Close (Esc)',
    });
    close.append(icon('close'));
    this.element.append(
      element(
        'div',
        { class: 'details-head' },
        this.title,
        this.width.toggle,
        this.height.toggle,
        close,
      ),
      this.list.element,
      this.problem,
      ...this.tabs.map((tab) => tab.element),
    );
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      actions.closeDetails();
    });
  }

  focus(): void {
    this.element.focus();
  }

  probe(marks: ProbeMarks | undefined): void {
    for (const tab of this.tabs) tab.probe?.(marks);
  }

  update(model: Model): void {
    const { selected } = model.view;
    const stays = this.staysOld(model);
    this.element.classList.toggle('old', stays || model.isOld);
    this.element.setAttribute('aria-busy', String(stays || model.isRenewed));
    if (stays) return;
    const summary = selected === undefined ? undefined : layerSummary(model, selected);
    this.drawnChanged(selected, model.view.tab);
    const unresolved = model.shown.unresolved.find(({ name }) => name === selected);
    this.element.hidden = !summary && !unresolved;
    this.problem.hidden = !unresolved;
    if (unresolved) this.showProblem(unresolved);
    if (summary) this.showTabs(model, summary);
  }

  /**
   * Whether what is drawn of a layer and its tab stays until there is a run to draw it of, or a comparison: the tab that
   * a person looks at does not give way to another one in between.
   */
  private staysOld(model: Model): boolean {
    const { state, run, view, original } = model;
    const { comparison } = state;
    const isLate =
      view.tab === 'difference' &&
      comparison?.status === 'ready' &&
      comparison.runId !== original?.runId;
    const waits = isLate || (model.isRenewed && !run);
    const { selected, tab } = view;
    return (
      waits && selected !== undefined && !this.element.hidden && !this.drawnChanged(selected, tab)
    );
  }

  /** Gives the height that the pane covers as a sheet, in the window's pixels: 0 while it is closed. */
  place({ detailsWidth, sheet }: Model['view'], place: SheetPlace): number {
    const hidden = Boolean(this.element.hidden);
    this.width.update(detailsWidth, hidden, place.magnify);
    const height = this.height.update(sheet, hidden, place);
    return hidden ? 0 : height;
  }

  /** A layer without an output has one thing to say, and no tabs. */
  private showProblem(layer: UnresolvedSummary): void {
    this.name(layer.name, layer.title);
    this.problem.replaceChildren(...problemNotes(layer));
    this.list.update([], 'overview');
    for (const tab of this.tabs) tab.element.hidden = true;
  }

  private name(layer: string, kind: string): void {
    this.title.replaceChildren(layer, element('span', { class: 'quiet' }, ` ${kind}`));
  }

  private showTabs(model: Model, summary: LayerSummary): void {
    this.name(summary.name, kindWords(layerNamed(model.shown.document.network, summary.name)));
    const shown = this.tabs.filter((tab) => tab.shows(summary, model));
    const current = shown.find(({ id }) => id === model.view.tab) ?? shown[0];
    if (!current) return;
    this.list.update(
      shown.map(({ id }) => id),
      current.id,
    );
    for (const tab of this.tabs) tab.element.hidden = tab !== current;
    current.update(model, summary);
  }
}
