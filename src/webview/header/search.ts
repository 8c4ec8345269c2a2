import type { SearchedLayer } from '../state/model';
import { formatShape } from '../../network/tensor/shape';
import { element } from '../draw/element';
import { icon } from '../draw/icon';
import type { Actions } from '../state/actions';

/** Finds layers by name, kind or shape: Enter goes on to the next, Esc clears and goes back. */
export class SearchField {
  readonly element: HTMLElement;
  private readonly input = element('input', {
    type: 'search',
    id: 'search',
    class: 'input',
    placeholder: 'Search layers',
    title: 'Name, kind or shape (/)',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  private readonly count = element('span', { class: 'search-count', role: 'status' });

  constructor(actions: Actions) {
    this.input.addEventListener('input', () => actions.search(this.input.value));
    this.input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') actions.nextMatch();
      else if (event.key === 'Escape') {
        this.input.value = '';
        actions.leaveSearch();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    });
    this.element = element(
      'div',
      { class: 'field search', role: 'search' },
      element('label', { for: 'search', class: 'hidden-label' }, 'Search layers'),
      this.input,
      icon('search'),
      element('kbd', { 'aria-hidden': 'true' }, '/'),
      this.count,
    );
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  /** `index` counts the matches gone to, from 0; undefined before the first. */
  showCount(query: string, matches: number, index: number | undefined): void {
    const position = index === undefined ? String(matches) : `${index + 1} of ${matches}`;
    this.count.textContent = query.trim() === '' ? '' : matches === 0 ? 'none' : position;
  }
}

/** Names of the layers whose name, kind or shape holds every word of the query; none for an empty query. */
export function searchLayers(layers: readonly SearchedLayer[], query: string): readonly string[] {
  const words = normalise(query).split(' ').filter(Boolean);
  if (words.length === 0) return [];
  return layers
    .filter(({ name, title, outputShape }) => {
      const text = normalise(`${name} ${title} ${outputShape ? formatShape(outputShape) : '?'}`);
      return words.every((word) => text.includes(word));
    })
    .map(({ name }) => name);
}

/** `13 × 13 x 256`, `13×13×256` and `13x13x256` are one shape; `4,096` and `4096` one number. */
function normalise(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(',', '')
    .replace(/(?<=\d)\s*[x×]\s*(?=\d)/g, 'x')
    .trim()
    .replace(/\s+/g, ' ');
}

/** The index after another one, round and round; the first where there was none; undefined in an empty list. */
export function nextIndex(index: number | undefined, length: number): number | undefined {
  if (length === 0) return undefined;
  return index === undefined ? 0 : (index + 1) % length;
}
