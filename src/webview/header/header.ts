import type { Actions } from '../state/actions';
import { button, element, onApproach } from '../draw/element';
import { icon, type IconName } from '../draw/icon';
import type { MenuGroup } from '../draw/menu';
import { MenuButton } from '../draw/menuButton';
import { dirtyCheck } from '../draw/redraw';
import { heatModes, heatTitles, type HeatMode } from '../draw/heatMap';
import type { Model } from '../state/model';
import { EngineButton } from './engineButton';
import { exportGroups } from '../export/exportGroups';
import { SearchField } from './search';
import { DocumentSelect } from './documentSelect';
import { WeightsMenu } from './weightsMenu';
import { FittedRow } from './fittedRow';
import type { Concession } from './concessions';

const heatHints: Readonly<Record<HeatMode, string>> = {
  mean: 'Heatmaps show the mean of all channels',
  strongest: 'Heatmaps show the channel with the most energy',
  gradCam: 'Heatmaps show what spoke for the class, at every layer',
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
  private readonly views: Readonly<Record<ViewTool, HTMLButtonElement>>;
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
    this.views = viewButtons(actions);
    this.heat = heatModes.map((mode) => [
      mode,
      button(heatTitles[mode], () => actions.look({ heat: mode }), {
        'aria-pressed': 'false',
        title: heatHints[mode],
      }),
    ]);
    const toggles = this.heat.map(([, toggle]) => toggle);
    const group = { class: 'toggle', role: 'group', 'aria-label': 'Heatmaps show' };
    const heat = element('div', group, ...toggles);
    this.fit = button('Fit', () => this.fitGraph(), { title: 'Fit the graph to the pane (f)' });
    this.fit.prepend(icon('fit'));
    this.leave = leaveButton(actions.togglePresentation);
    const tools = [
      [this.search.element, 'search'],
      [heat, 'heat'],
      [this.fit, 'fit'],
      [this.views.training, 'training'],
      [this.views.evaluation, 'evaluation'],
      [this.views.compare, 'compare'],
      [this.views.explain, 'explain'],
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
    const { compare, evaluation, training, explain } = this.views;
    compare.hidden = state.comparison === undefined;
    evaluation.hidden = state.evaluation === undefined;
    training.hidden = state.training === undefined;
    explain.hidden = state.run === undefined && view.view !== 'explain';
    this.fit.hidden = away;
    this.leave.hidden = !view.presenting;
    if (this.changed(view.heat, view.view)) {
      compare.setAttribute('aria-pressed', String(view.view === 'compare'));
      evaluation.setAttribute('aria-pressed', String(view.view === 'evaluate'));
      training.setAttribute('aria-pressed', String(view.view === 'train'));
      explain.setAttribute('aria-pressed', String(view.view === 'explain'));
      for (const [mode, toggle] of this.heat) {
        toggle.setAttribute('aria-pressed', String(mode === view.heat));
      }
      this.table.replaceChildren(icon(away ? 'graph' : 'table'), away ? 'Graph' : 'Table');
      this.table.title = `${away ? 'Back to the graph' : 'All layers as a table'} (t)`;
    }
    const { documents, weights, engine } = state;
    const hidden = [compare, evaluation, training, explain].map((tool) => tool.hidden);
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
    const explain = { label: 'Explain', key: 'w', choose: actions.toggleExplanation };
    const fit = { label: 'Fit', key: 'f', choose: () => this.fitGraph() };
    const table = { label: away ? 'Graph' : 'Table', key: 't', choose: actions.toggleView };
    const heat = heatModes.map((mode) => ({
      label: `Heatmaps: ${heatTitles[mode]}`,
      kind: 'menuitemradio' as const,
      checked: mode === view.heat,
      choose: () => actions.look({ heat: mode }),
    }));
    const groups = exportGroups(model, actions).map((group) => put('export', ...group));
    this.more.update([
      [
        ...put('table', table),
        ...(this.views.explain.hidden ? [] : put('explain', explain)),
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

type ViewTool = 'compare' | 'evaluation' | 'training' | 'explain';

/** Each puts something in place of the graph, and the graph back. */
function viewButtons(actions: Actions): Readonly<Record<ViewTool, HTMLButtonElement>> {
  const made = (label: string, picture: IconName, toggle: () => void, title: string) => {
    const view = button(label, toggle, { 'aria-pressed': 'false', title });
    view.prepend(icon(picture));
    return view;
  };
  const { toggleComparison, toggleEvaluation, toggleTraining, toggleExplanation } = actions;
  const explain = made(
    'Explain',
    'why',
    toggleExplanation,
    'Why the picture was taken for what it was (w)',
  );
  onApproach(explain, () => actions.foreseeExplanation());
  return {
    compare: made('Compare', 'compare', toggleComparison, 'Two results side by side (c)'),
    evaluation: made(
      'Evaluation',
      'check',
      toggleEvaluation,
      'How well the network does on a labelled folder (e)',
    ),
    training: made(
      'Training',
      'curve',
      toggleTraining,
      'What the network learns from a folder of pictures (l)',
    ),
    explain,
  };
}

function leaveButton(leave: () => void): HTMLButtonElement {
  const made = button('', leave, {
    kind: 'plain leave-presentation',
    'aria-label': 'Leave the presentation',
    title: 'Leave the presentation (b, Esc)',
  });
  made.append(icon('close'));
  return made;
}
