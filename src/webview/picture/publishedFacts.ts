import type { PublishedWeights } from '../../network/modelDocument';
import type { LearnedWeights } from '../../protocol/training';
import { learnedFacts } from '../../protocol/trainingWords';
import { element } from '../draw/element';

/** What the publisher says of the weights behind a result. */
export function publishedFacts(published: PublishedWeights): HTMLElement {
  const { name, top1, top5, classes, conditions, licence, source } = published;
  return element(
    'dl',
    { class: 'published' },
    ...fact('Name', name),
    ...fact(
      classes ? 'Measured accuracy' : 'Published accuracy',
      ...accuracy('top-1', top1),
      ...(top1 === undefined || top5 === undefined ? [] : [', ']),
      ...accuracy('top-5', top5),
      element('span', { class: 'quiet conditions' }, conditions),
    ),
    ...fact('Licence', licence),
    ...fact('Source', sourceLink(source)),
  );
}

/** How weights that were trained here came about. */
export function learnedList(learned: LearnedWeights): HTMLElement {
  const facts = learnedFacts(learned).flatMap(({ term, value }) => fact(term, value));
  return element('dl', { class: 'published' }, ...facts);
}

function fact(term: string, ...value: readonly (Node | string)[]): readonly HTMLElement[] {
  return [element('dt', {}, term), element('dd', {}, ...value)];
}

/** Empty where no accuracy was published; `conditions` says so in that case. */
function accuracy(what: string, value: number | undefined): readonly HTMLElement[] {
  return value === undefined
    ? []
    : [element('span', { class: 'whole' }, `${what} ${value.toFixed(1)} %`)];
}

/** An address can be followed; VS Code opens it in the browser. */
function sourceLink(source: string): Node | string {
  if (!URL.canParse(source) || new URL(source).protocol !== 'https:') return source;
  const { host, pathname } = new URL(source);
  const words = `${host}${pathname}`.replace(/\/$/, '');
  return element('a', { href: source, title: source }, words);
}
