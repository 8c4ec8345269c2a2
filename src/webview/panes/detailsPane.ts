import { layerNamed } from '../../network/network';
import type { Actions } from '../actions';
import { button, element } from '../dom/element';
import { icon } from '../dom/icon';
import { onChange } from '../dom/onChange';
import { kindWords } from '../facts/layerFacts';
import { factsOf, layerSummary, mapOf, type Model } from '../state/model';
import { factList, reasonNotes } from './factList';
import { largeMap } from './largeMap';

/** The selected layer in full. Later tabs stand beside the overview, each a function of the model. */
export class DetailsPane {
  readonly element = element('section', {
    class: 'details-pane',
    'aria-labelledby': 'details-title',
    hidden: true,
    tabindex: 0,
  });
  private readonly title = element('h2', { id: 'details-title' });
  private readonly body = element('div', { class: 'details-body' });
  private readonly changed = onChange();

  constructor(actions: Actions) {
    const close = button('', actions.closeDetails, {
      kind: 'plain',
      'aria-label': 'Close details',
      title: 'Close (Esc)',
    });
    close.append(icon('close'));
    this.element.append(element('div', { class: 'details-head' }, this.title, close), this.body);
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      actions.closeDetails();
    });
  }

  focus(): void {
    this.element.focus();
  }

  update(model: Model): void {
    const { selected, heat } = model.view;
    if (!this.changed(model.shown, selected, model.run, heat)) return;
    const summary = selected === undefined ? undefined : layerSummary(model, selected);
    this.element.hidden = summary === undefined;
    if (!summary) return;
    const { variant } = model.shown;
    const kind = kindWords(layerNamed(variant.network, summary.name));
    this.title.replaceChildren(summary.name, element('span', { class: 'quiet' }, ` ${kind}`));
    const map = mapOf(model, summary.name);
    this.body.replaceChildren(
      ...(map ? [largeMap(map, summary)] : []),
      factList(factsOf(model, summary)),
      ...reasonNotes(variant.reasons[summary.name]),
    );
  }
}
