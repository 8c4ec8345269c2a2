import type { Reason } from '../../network/reason';
import { element } from '../draw/element';
import type { Fact } from '../draw/fact';
import { reasonWords } from './layerFacts';
import { phrase } from '../draw/phrase';

/** Facts as a definition list: terms left, values right. */
export function factList(facts: readonly Fact[]): HTMLElement {
  const rows = facts.map(({ term, value }) =>
    element(
      'div',
      { class: 'fact' },
      element('dt', {}, term),
      element('dd', {}, ...phrase(value, ' → ')),
    ),
  );
  return element('dl', { class: 'facts' }, ...rows);
}

/** The paper's reason for a layer, and where the variant departs from it. */
export function reasonNotes(reason: Reason | undefined): readonly HTMLElement[] {
  if (!reason) return [];
  const why = element('p', { class: 'reason' }, reasonWords(reason));
  if (reason.departure === undefined) return [why];
  const departs = element(
    'p',
    { class: 'reason departure' },
    element('strong', {}, 'Departs: '),
    reason.departure,
  );
  return [why, departs];
}
