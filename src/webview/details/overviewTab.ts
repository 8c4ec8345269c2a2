import type { LayerSummary } from '../../network/summary';
import type { Actions } from '../state/actions';
import { element } from '../draw/element';
import { onChange } from '../draw/onChange';
import { factList, reasonNotes } from '../layers/factList';
import { LargeMap } from './largeMap';
import type { ProbeMarks } from '../probe/probeMarks';
import { factsOf, mapOf, type Model } from '../state/model';
import type { Tab } from '../state/tab';

/** What a layer is: its map, its facts, the paper's reason, where this variant departs from it. */
export function overviewTab({ probe }: Pick<Actions, 'probe'>): Tab {
  const body = element('div', { class: 'details-body' });
  const changed = onChange();
  let large: LargeMap | undefined;
  return {
    id: 'overview',
    label: 'Overview',
    shows: () => true,
    element: body,
    update(model: Model, summary: LayerSummary): void {
      if (!changed(model.shown, summary.name, model.run, model.view.heat)) return;
      const map = mapOf(model, summary.name);
      large = map && new LargeMap(map, summary, probe);
      body.replaceChildren(
        ...(large ? [large.element] : []),
        factList(factsOf(model, summary)),
        ...reasonNotes(model.shown.variant.reasons[summary.name]),
      );
    },
    probe(marks: ProbeMarks | undefined): void {
      large?.probe(marks);
    },
  };
}
