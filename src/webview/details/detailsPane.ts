import { layerNamed } from '../../network/network';
import type { Actions } from '../state/actions';
import { button, element } from '../draw/element';
import { icon } from '../draw/icon';
import type { LayerSummary } from '../../network/summary';
import { kindWords, problemNotes } from '../layers/layerFacts';
import type { ProbeMarks } from '../probe/probeMarks';
import { layerSummary, type Model, type UnresolvedSummary } from '../state/model';
import { ChannelsTab } from '../channels/channelsTab';
import { WeightsTab } from '../weights/weightsTab';
import { DifferenceTab } from '../compare/differenceTab';
import { ValuesTab } from '../values/valuesTab';
import { OverviewTab } from './overviewTab';
import { PaneWidth } from './paneWidth';
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
  /** The separator at the pane's edge; outside the pane, so that it does not scroll with it. */
  readonly edge: HTMLElement;
  private readonly title = element('h2', { id: 'details-title' });
  private readonly problem = element('div', { class: 'details-body', hidden: true });
  private readonly tabs: readonly Tab[];
  private readonly list: TabList;
  private readonly width: PaneWidth;

  constructor(actions: Actions) {
    this.tabs = [
      new OverviewTab(actions),
      new ChannelsTab(actions),
      new WeightsTab(actions),
      new ValuesTab(actions),
      new DifferenceTab(actions),
    ];
    this.width = new PaneWidth(this.element, actions);
    this.edge = this.width.edge;
    this.list = new TabList(this.tabs, (tab) => actions.look({ tab }));
    const close = button('', actions.closeDetails, {
      kind: 'plain',
      'aria-label': 'Close details',
      title: 'Close (Esc)',
    });
    close.append(icon('close'));
    this.element.append(
      element('div', { class: 'details-head' }, this.title, this.width.toggle, close),
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
    const summary = selected === undefined ? undefined : layerSummary(model, selected);
    const unresolved = model.shown.unresolved.find(({ name }) => name === selected);
    this.element.hidden = !summary && !unresolved;
    this.width.update(model.view.detailsWidth, this.element.hidden);
    this.problem.hidden = !unresolved;
    if (unresolved) this.showProblem(unresolved);
    if (summary) this.showTabs(model, summary);
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
