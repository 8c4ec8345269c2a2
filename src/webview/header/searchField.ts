import type { Actions } from '../state/actions';
import { element } from '../draw/element';

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
