import { button, element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import { probabilityWords, shortLabel } from '../../protocol/pictureWords';
import type { Prediction } from '../../protocol/prediction';
import type { Actions } from '../state/actions';
import type { Question } from './question';

/** The classes that are asked about. */
interface Asked {
  readonly target: number | undefined;
  readonly minus: number | undefined;
}

/** The top 5: a click on a label asks why it, a second one on `and not` of another why not that. */
export class LabelList {
  readonly element = element('div', { class: 'explain-labels' });
  private readonly list = element('ol');
  private readonly changed = dirtyCheck();

  constructor(private readonly actions: Pick<Actions, 'look'>) {
    this.element.append(element('h3', {}, 'Top 5'), this.list);
  }

  update({ run, target: chosen, minus: other, unit }: Question): void {
    // Of a unit no class is asked.
    const target = unit ? undefined : chosen;
    const minus = unit ? undefined : other;
    if (!this.changed(run.predictions, run.trained, target, minus)) return;
    const { activeElement } = document;
    const held = this.list.contains(activeElement)
      ? activeElement?.getAttribute('data-does')
      : undefined;
    const rows = run.predictions.map((each) => this.row(each, { target, minus }, run.trained));
    this.list.replaceChildren(...rows);
    if (typeof held !== 'string') return;
    const again = [...this.list.querySelectorAll<HTMLElement>('[data-does]')].find(
      ({ dataset }) => dataset['does'] === held,
    );
    (again?.hidden === false ? again : this.list.querySelector<HTMLElement>('button'))?.focus();
  }

  private row(
    { index, label, probability, before }: Prediction,
    { target, minus }: Asked,
    isTrained: boolean,
  ): HTMLElement {
    const { look } = this.actions;
    const name = shortLabel(label);
    const why = button(
      '',
      () => look({ explain: { target: index, minus: undefined, unit: undefined } }),
      {
        kind: 'plain explain-label',
        'aria-pressed': String(index === target),
        'data-does': `why ${index}`,
      },
    );
    why.append(
      element('span', { class: 'hidden-label' }, 'Why '),
      element(isTrained ? 'span' : 's', { class: 'explain-label-name' }, name),
      element('span', { class: 'hidden-label' }, ', '),
      element('span', { class: 'probability' }, wordsOf(probability, before)),
    );
    const isMinus = index === minus;
    const not = button('and not', () => look({ explain: { minus: isMinus ? undefined : index } }), {
      kind: 'secondary small',
      'aria-pressed': String(isMinus),
      'aria-label': `and not ${name}`,
      'data-does': `not ${index}`,
    });
    // It would say nothing of itself, nor of a unit.
    not.hidden = target === undefined || index === target;
    return element('li', {}, why, not);
  }
}

/** `4.2 %`; of a run that is changed `31.0 % → 4.2 %`. */
function wordsOf(probability: number, before: number | undefined): string {
  const now = probabilityWords(probability);
  return before === undefined ? now : `${probabilityWords(before)} → ${now}`;
}
