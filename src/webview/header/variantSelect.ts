import { isVariantId, variants } from '../../library/variants';
import { variantIds, type VariantId } from '../../library/variant';
import type { Actions } from '../state/actions';
import { element } from '../draw/element';

/** Chooses the variant. The host decides; until it answers the old choice stays. */
export function variantSelect({ tell }: Pick<Actions, 'tell'>): {
  readonly element: HTMLElement;
  readonly update: (variant: VariantId) => void;
} {
  const options = variantIds.map((id) =>
    element('option', { value: id, title: variants[id].description }, variants[id].title),
  );
  const select = element('select', { id: 'variant', class: 'select' }, ...options);
  let shown: VariantId | undefined;
  select.addEventListener('change', () => {
    const { value } = select;
    if (isVariantId(value)) tell('selectVariant', { variant: value });
    if (shown) select.value = shown;
  });
  return {
    element: element(
      'div',
      { class: 'field' },
      element('label', { for: 'variant', class: 'hidden-label' }, 'Variant'),
      select,
    ),
    update: (variant) => {
      shown = variant;
      select.value = variant;
      select.title = `${variants[variant].description}. ${variants[variant].source}`;
    },
  };
}
