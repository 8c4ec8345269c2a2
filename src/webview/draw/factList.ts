import { element } from './element';
import { phrase } from './phrase';
import { explained, withTerm } from './term';

/** A term and what stands behind it. */
export interface Fact {
  readonly term: string;
  readonly value: string;
}

/** Where facts can be pointed at, their terms explain themselves; not in a card that is itself an explanation. */
interface FactOptions {
  readonly plain?: boolean;
}

/** Facts as a definition list: terms left, values right. */
export function factList(facts: readonly Fact[], options?: FactOptions): HTMLElement {
  return element('dl', { class: 'facts' }, ...factRows(facts, options));
}

/** Facts as the rows of a definition list. */
export function factRows(
  facts: readonly Fact[],
  { plain = false }: FactOptions = {},
): readonly HTMLElement[] {
  return facts.map(({ term, value }) =>
    element(
      'div',
      { class: 'fact' },
      element('dt', {}, plain ? term : explained(term)),
      element('dd', { 'data-term': term }, ...(plain ? phrase(value, ' → ') : valueParts(value))),
    ),
  );
}

function valueParts(value: string): readonly (Node | string)[] {
  const parts = withTerm(value, 'stride');
  return parts.length > 1 ? parts : phrase(value, ' → ');
}
