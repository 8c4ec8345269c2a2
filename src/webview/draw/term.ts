import { element } from './element';
import { meaningOf, type Term } from './glossary';

/** Words that explain themselves where they are pointed at or have the keyboard (termTip.ts), where the glossary has them. */
export function explained(words: string): HTMLElement | string {
  if (meaningOf(words) === undefined) return words;
  return element('dfn', { class: 'term', tabindex: 0 }, words);
}

/** A text in which the first mention of a term explains itself. */
export function withTerm(text: string, term: Term): readonly (HTMLElement | string)[] {
  const at = text.search(new RegExp(`\\b${term}\\b`));
  if (at < 0) return [text];
  const parts = [text.slice(0, at), explained(term), text.slice(at + term.length)];
  return parts.filter((part) => part !== '');
}
