import { button, element } from '../draw/element';
import { formatCount } from '../draw/numberFormat';

/** Chooses one of a layer's filters by number or one after the other. */
export function filterChooser(
  filters: number,
  choose: (filter: number) => void,
): { readonly element: HTMLElement; readonly update: (filter: number) => void } {
  let current = 0;
  const field = element('input', {
    class: 'input',
    type: 'number',
    min: 0,
    max: filters - 1,
    'aria-label': `Filter, 0 to ${filters - 1}`,
  });
  field.addEventListener('input', () => {
    const wanted = field.valueAsNumber;
    if (Number.isInteger(wanted) && wanted >= 0 && wanted < filters) choose(wanted);
  });
  field.addEventListener('change', () => (field.value = String(current)));
  const step = (by: number): void => choose((current + by + filters) % filters);
  const before = button('‹', () => step(-1), {
    kind: 'secondary small',
    'aria-label': 'Previous filter',
  });
  const after = button('›', () => step(1), {
    kind: 'secondary small',
    'aria-label': 'Next filter',
  });
  return {
    element: element(
      'div',
      { class: 'choice' },
      element('span', { class: 'quiet' }, 'Filter'),
      element(
        'div',
        { class: 'filter-chooser' },
        before,
        field,
        after,
        element('span', { class: 'quiet' }, `of ${formatCount(filters)}`),
      ),
    ),
    update: (filter) => {
      current = filter;
      if (document.activeElement !== field || field.valueAsNumber !== filter) {
        field.value = String(filter);
      }
    },
  };
}
