import { element } from './element';
import { phrase } from './phrase';

/** A term and what stands behind it. */
export interface Fact {
  readonly term: string;
  readonly value: string;
}

/** Facts as a definition list: terms left, values right. */
export function factList(facts: readonly Fact[]): HTMLElement {
  return element('dl', { class: 'facts' }, ...factRows(facts));
}

/** Facts as the rows of a definition list. */
export function factRows(facts: readonly Fact[]): readonly HTMLElement[] {
  return facts.map(({ term, value }) =>
    element(
      'div',
      { class: 'fact' },
      element('dt', {}, term),
      element('dd', { 'data-term': term }, ...phrase(value, ' → ')),
    ),
  );
}
