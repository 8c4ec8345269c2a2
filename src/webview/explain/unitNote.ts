import { isMapShape } from '../../network/tensor/shape';
import { layerNamed } from '../../network/network';
import { button, element } from '../draw/element';
import type { Question } from './question';
import { unitWords } from './unitTarget';

/** Says which unit or channel is asked about, in the place of the classes, with a way back to them. */
export class UnitNote {
  readonly element: HTMLElement;
  private readonly kind = element('span', { class: 'explain-unit-kind' });
  private readonly words = element('strong');

  constructor(back: () => void) {
    this.element = element(
      'div',
      { class: 'explain-control explain-unit', role: 'group', 'aria-label': 'What is asked about' },
      this.kind,
      this.words,
      button('Back to the class', back, { kind: 'secondary small' }),
    );
  }

  update({ network, unit }: Pick<Question, 'network' | 'unit'>): void {
    this.element.hidden = unit === undefined;
    if (!unit) return;
    const isMap = isMapShape(layerNamed(network, unit.layer).outputShape);
    this.kind.textContent = 'unit' in unit && isMap ? 'Cell' : isMap ? 'Channel' : 'Unit';
    this.words.textContent = unitWords(network, unit);
  }
}
