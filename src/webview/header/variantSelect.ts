import { isVariantId, variants } from '../../library/variants';
import { variantIds, type VariantId } from '../../library/variant';
import type { Actions } from '../state/actions';
import { element } from '../draw/element';

/** Chooses the variant. The host decides; until it answers the old choice stays. */
export class VariantSelect {
  readonly element: HTMLElement;
  private readonly select: HTMLSelectElement;
  private shown: VariantId | undefined;

  constructor({ tell }: Pick<Actions, 'tell'>) {
    const options = variantIds.map((id) =>
      element('option', { value: id, title: variants[id].description }, variants[id].title),
    );
    this.select = element('select', { id: 'variant', class: 'select' }, ...options);
    this.select.addEventListener('change', () => {
      const { value } = this.select;
      if (isVariantId(value)) tell('selectVariant', { variant: value });
      if (this.shown) this.select.value = this.shown;
    });
    const label = element('label', { for: 'variant', class: 'hidden-label' }, 'Variant');
    this.element = element('div', { class: 'field' }, label, this.select);
  }

  update(variant: VariantId): void {
    this.shown = variant;
    this.select.value = variant;
    this.select.title = `${variants[variant].description}. ${variants[variant].source}`;
  }
}
