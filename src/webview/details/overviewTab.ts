import type { LayerSummary } from '../../network/summary';
import { element } from '../dom/element';
import { onChange } from '../dom/onChange';
import { factList, reasonNotes } from '../panes/factList';
import { largeMap } from '../panes/largeMap';
import { factsOf, mapOf, type Model } from '../state/model';
import type { Tab } from './tab';

/** What a layer is: its map, its facts, the paper's reason, where this variant departs from it. */
export function overviewTab(): Tab {
  const body = element('div', { class: 'details-body' });
  const changed = onChange();
  return {
    id: 'overview',
    label: 'Overview',
    shows: () => true,
    element: body,
    update(model: Model, summary: LayerSummary): void {
      if (!changed(model.shown, summary.name, model.run, model.view.heat)) return;
      const map = mapOf(model, summary.name);
      body.replaceChildren(
        ...(map ? [largeMap(map, summary)] : []),
        factList(factsOf(model, summary)),
        ...reasonNotes(model.shown.variant.reasons[summary.name]),
      );
    },
  };
}
