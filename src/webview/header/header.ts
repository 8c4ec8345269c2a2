import type { Actions } from '../state/actions';
import { button, element } from '../draw/element';
import { icon } from '../draw/icon';
import { dirtyCheck } from '../draw/redraw';
import type { HeatMode } from '../draw/heatMap';
import { isUntrained, type Model } from '../state/model';
import { EngineButton } from './engineButton';
import { ExportMenu } from '../export/exportMenu';
import { SearchField } from './search';
import { DocumentSelect } from './documentSelect';
import { WeightsMenu } from './weightsMenu';

const heatNames: Readonly<Record<HeatMode, string>> = {
  mean: 'mean',
  strongest: 'strongest',
};

const heatTitles: Readonly<Record<HeatMode, string>> = {
  mean: 'Heatmaps show the mean of all channels',
  strongest: 'Heatmaps show the channel with the most energy',
};

/** The line above everything: what is shown, with what, and how to look at it. */
export class Header {
  readonly element: HTMLElement;
  readonly search: SearchField;
  private readonly document: DocumentSelect;
  private readonly weights: WeightsMenu;
  private readonly export: ExportMenu;
  private readonly engine = new EngineButton();
  private readonly notice: HTMLElement;
  private readonly offer: HTMLButtonElement;
  private readonly fit: HTMLButtonElement;
  private readonly table: HTMLButtonElement;
  private readonly compare: HTMLButtonElement;
  private readonly heat: readonly (readonly [HeatMode, HTMLButtonElement])[];
  private readonly changed = dirtyCheck();

  constructor(actions: Actions) {
    this.search = new SearchField(actions);
    this.document = new DocumentSelect(actions);
    this.weights = new WeightsMenu(actions);
    this.export = new ExportMenu(actions);
    this.offer = button('', () => actions.tell('loadOfferedWeights'), { kind: 'link' });
    this.notice = untrainedNotice(this.offer);
    this.table = button('', actions.toggleView, { class: 'button secondary', title: 'Table (t)' });
    this.compare = button('Compare', actions.toggleComparison, {
      'aria-pressed': 'false',
      title: 'Two results side by side (c)',
    });
    this.compare.prepend(icon('compare'));
    this.heat = (['mean', 'strongest'] as const).map((mode) => [
      mode,
      button(heatNames[mode], () => actions.look({ heat: mode }), {
        'aria-pressed': 'false',
        title: heatTitles[mode],
      }),
    ]);
    const heat = element(
      'div',
      { class: 'toggle', role: 'group', 'aria-label': 'Heatmaps show' },
      ...this.heat.map(([, toggle]) => toggle),
    );
    this.fit = button('Fit', () => actions.look({ transform: 'fit' }), {
      title: 'Fit the graph to the pane (f)',
    });
    this.fit.prepend(icon('fit'));
    this.element = element(
      'div',
      { class: 'header' },
      element('h1', {}, 'AlexNet'),
      this.document.element,
      this.weights.element,
      this.engine.element,
      this.notice,
      element(
        'div',
        { class: 'tools' },
        this.search.element,
        heat,
        this.fit,
        this.compare,
        this.table,
        this.export.element,
      ),
    );
  }

  update(model: Model): void {
    const { state, view } = model;
    this.document.update(state);
    this.weights.update(state.weights);
    this.engine.update(state.engine);
    this.export.update(model);
    this.notice.hidden = !isUntrained(state);
    this.offer.hidden = state.weights.trained;
    if (this.offer.textContent !== state.weightsOffer) this.offer.textContent = state.weightsOffer;
    this.compare.hidden = state.comparison === undefined;
    if (!this.changed(view.heat, view.view)) return;
    this.compare.setAttribute('aria-pressed', String(view.view === 'compare'));
    for (const [mode, toggle] of this.heat) {
      toggle.setAttribute('aria-pressed', String(mode === view.heat));
    }
    this.fit.hidden = view.view !== 'graph';
    const away = view.view !== 'graph';
    this.table.replaceChildren(icon(away ? 'graph' : 'table'), away ? 'Graph' : 'Table');
    this.table.title = `${away ? 'Back to the graph' : 'All layers as a table'} (t)`;
  }
}

/** A warning that the weights are random, with a button that loads trained ones. */
function untrainedNotice(offer: HTMLElement): HTMLElement {
  const words = element('span', {}, 'Untrained weights: labels mean nothing');
  const attributes = { class: 'notice', 'data-notice': 'untrained' };
  return element('p', attributes, icon('warning'), words, offer);
}
