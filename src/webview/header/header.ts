import type { Actions } from '../state/actions';
import { button, element } from '../draw/element';
import { icon, type IconName } from '../draw/icon';
import type { MenuGroup } from '../draw/menu';
import { MenuButton } from '../draw/menuButton';
import { dirtyCheck } from '../draw/redraw';
import { heatModes, type HeatMode } from '../draw/heatMap';
import type { Model } from '../state/model';
import { EngineButton } from './engineButton';
import { exportGroups } from '../export/exportGroups';
import { SearchField } from './search';
import { DocumentSelect } from './documentSelect';
import { WeightsMenu } from './weightsMenu';
import { FittedRow } from './fittedRow';
import type { Concession } from './concessions';

const heatTitles: Readonly<Record<HeatMode, string>> = {
  mean: 'Heatmaps show the mean of all channels',
  strongest: 'Heatmaps show the channel with the most energy',
};

/** The line above everything: what is shown, with what, and how to look at it. One row at every width. */
export class Header {
  readonly element: HTMLElement;
  readonly search: SearchField;
  private readonly document: DocumentSelect;
  private readonly weights: WeightsMenu;
  private readonly export = new MenuButton({
    id: 'export',
    class: 'button secondary',
    content: ['Export', icon('chevron')],
  });
  private readonly engine: EngineButton;
  private readonly more = new MenuButton({
    id: 'more',
    class: 'button plain',
    content: [icon('more')],
    name: 'More',
  });
  private readonly fit: HTMLButtonElement;
  private readonly table: HTMLButtonElement;
  private readonly compare: HTMLButtonElement;
  private readonly evaluation: HTMLButtonElement;
  private readonly training: HTMLButtonElement;
  private readonly leave: HTMLButtonElement;
  private readonly heat: readonly (readonly [HeatMode, HTMLButtonElement])[];
  private readonly row: FittedRow;
  private readonly changed = dirtyCheck();
  private model: Model | undefined;

  constructor(private readonly actions: Actions) {
    this.search = new SearchField(actions);
    this.document = new DocumentSelect(actions);
    this.weights = new WeightsMenu(actions);
    this.engine = new EngineButton(actions);
    this.table = button('', actions.toggleView, { title: 'Table (t)' });
    this.compare = viewButton('Compare', 'compare', actions.toggleComparison);
    this.compare.title = 'Two results side by side (c)';
    this.evaluation = viewButton('Evaluation', 'check', actions.toggleEvaluation);
    this.evaluation.title = 'How well the network does on a labelled folder (e)';
    this.training = viewButton('Training', 'curve', actions.toggleTraining);
    this.training.title = 'What the network learns from a folder of pictures (l)';
    this.heat = heatModes.map((mode) => [
      mode,
      button(mode, () => actions.look({ heat: mode }), {
        'aria-pressed': 'false',
        title: heatTitles[mode],
      }),
    ]);
    const toggles = this.heat.map(([, toggle]) => toggle);
    const group = { class: 'toggle', role: 'group', 'aria-label': 'Heatmaps show' };
    const heat = element('div', group, ...toggles);
    this.fit = button('Fit', () => this.fitGraph(), { title: 'Fit the graph to the pane (f)' });
    this.fit.prepend(icon('fit'));
    this.leave = button('', actions.togglePresentation, {
      kind: 'plain leave-presentation',
      'aria-label': 'Leave the presentation',
      title: 'Leave the presentation (b, Esc)',
    });
    this.leave.append(icon('close'));
    const tools = [
      [this.search.element, 'search'],
      [heat, 'heat'],
      [this.fit, 'fit'],
      [this.training, 'training'],
      [this.evaluation, 'evaluation'],
      [this.compare, 'compare'],
      [this.table, 'table'],
      [this.export.element, 'export'],
    ] as const;
    for (const [tool, name] of tools) tool.dataset['tool'] = name;
    this.element = element(
      'div',
      { class: 'header' },
      element('h1', {}, 'AlexNet'),
      this.document.element,
      this.weights.element,
      this.engine.element,
      element(
        'div',
        { class: 'tools' },
        ...tools.map(([tool]) => tool),
        this.more.element,
        this.leave,
      ),
    );
    this.row = new FittedRow(this.element, () => this.fillMore());
  }

  update(model: Model): void {
    const { state, view } = model;
    this.model = model;
    this.document.update(state);
    this.weights.update(state.weights);
    this.engine.update(state);
    this.export.update(exportGroups(model, this.actions));
    const away = view.view !== 'graph';
    this.compare.hidden = state.comparison === undefined;
    this.evaluation.hidden = state.evaluation === undefined;
    this.training.hidden = state.training === undefined;
    this.fit.hidden = away;
    this.leave.hidden = !view.presenting;
    if (this.changed(view.heat, view.view)) {
      this.compare.setAttribute('aria-pressed', String(view.view === 'compare'));
      this.evaluation.setAttribute('aria-pressed', String(view.view === 'evaluate'));
      this.training.setAttribute('aria-pressed', String(view.view === 'train'));
      for (const [mode, toggle] of this.heat) {
        toggle.setAttribute('aria-pressed', String(mode === view.heat));
      }
      this.table.replaceChildren(icon(away ? 'graph' : 'table'), away ? 'Graph' : 'Table');
      this.table.title = `${away ? 'Back to the graph' : 'All layers as a table'} (t)`;
    }
    const { documents, weights, engine } = state;
    const hidden = [this.compare, this.evaluation, this.training].map((tool) => tool.hidden);
    this.row.update(documents, weights, engine, ...hidden, away, view.presenting);
    this.fillMore();
  }

  private fitGraph(): void {
    this.actions.look({ transform: 'fit' });
  }

  /** What was given up, and what is in no other place. */
  private fillMore(): void {
    const { model, actions } = this;
    if (!model) return;
    const { view, state } = model;
    const { given } = this.row;
    const away = view.view !== 'graph';
    const put = (name: Concession, ...items: MenuGroup): MenuGroup =>
      given.includes(name) || view.presenting ? items : [];
    const compare = { label: 'Compare', key: 'c', choose: actions.toggleComparison };
    const evaluation = { label: 'Evaluation', key: 'e', choose: actions.toggleEvaluation };
    const training = { label: 'Training', key: 'l', choose: actions.toggleTraining };
    const fit = { label: 'Fit', key: 'f', choose: () => this.fitGraph() };
    const table = { label: away ? 'Graph' : 'Table', key: 't', choose: actions.toggleView };
    const heat = heatModes.map((mode) => ({
      label: `Heatmaps: ${mode}`,
      kind: 'menuitemradio' as const,
      checked: mode === view.heat,
      choose: () => actions.look({ heat: mode }),
    }));
    const groups = exportGroups(model, actions).map((group) => put('export', ...group));
    this.more.update([
      [
        ...put('table', table),
        ...(state.comparison ? put('compare', compare) : []),
        ...(state.evaluation ? put('evaluation', evaluation) : []),
        ...(state.training ? put('training', training) : []),
        ...(away ? [] : put('fit', fit)),
      ],
      put('heat', ...heat),
      ...groups,
      [
        {
          label: 'Presentation',
          key: 'b',
          kind: 'menuitemcheckbox',
          checked: view.presenting,
          choose: actions.togglePresentation,
        },
      ],
    ]);
  }
}

/** Puts something in place of the graph, and the graph back. */
function viewButton(label: string, picture: IconName, toggle: () => void): HTMLButtonElement {
  const made = button(label, toggle, { 'aria-pressed': 'false' });
  made.prepend(icon(picture));
  return made;
}
