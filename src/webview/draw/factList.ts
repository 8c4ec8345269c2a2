import { element } from './element';
import { phrase } from './phrase';

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

/** One line of a layer's card: a term and what stands behind it. */
export interface Fact {
  readonly term: string;
  readonly value: string;
}
