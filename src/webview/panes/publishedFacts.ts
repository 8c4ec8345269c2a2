import type { PublishedWeights } from '../../protocol/panelProtocol';
import { element } from '../dom/element';

/** What the publisher says of the weights behind a result. */
export function publishedFacts(published: PublishedWeights): HTMLElement {
  const { name, top1, top5, conditions, licence, source } = published;
  return element(
    'dl',
    { class: 'published' },
    ...fact('Name', name),
    ...fact(
      'Published accuracy',
      element('span', { class: 'whole' }, `top-1 ${percent(top1)}`),
      ', ',
      element('span', { class: 'whole' }, `top-5 ${percent(top5)}`),
      element('span', { class: 'quiet conditions' }, conditions),
    ),
    ...fact('Licence', licence),
    ...fact('Source', sourceLink(source)),
  );
}

function fact(term: string, ...value: readonly (Node | string)[]): readonly HTMLElement[] {
  return [element('dt', {}, term), element('dd', {}, ...value)];
}

function percent(value: number): string {
  return `${value.toFixed(1)} %`;
}

/** An address can be followed; VS Code opens it in the browser. */
function sourceLink(source: string): Node | string {
  if (!URL.canParse(source) || new URL(source).protocol !== 'https:') return source;
  const { host, pathname } = new URL(source);
  const words = `${host}${pathname}`.replace(/\/$/, '');
  return element('a', { href: source, title: source }, words);
}
