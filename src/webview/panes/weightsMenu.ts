import type { WeightsInfo } from '../../protocol/engineProtocol';
import type { Actions } from '../actions';
import { element } from '../dom/element';
import { icon } from '../dom/icon';
import { popup } from '../dom/popup';
import { formatCount } from '../facts/numberFormat';

/** The weights' name, and a menu of where to take others from. */
export function weightsMenu(actions: Actions): {
  readonly element: HTMLElement;
  readonly update: (weights: WeightsInfo) => void;
} {
  const name = element('strong', {});
  const trigger = element(
    'button',
    { type: 'button', class: 'button secondary', id: 'weights', 'aria-haspopup': 'menu' },
    element('span', {}, 'Weights'),
    name,
    icon('chevron'),
  );
  const menu = element('div', { class: 'popup menu', role: 'menu', 'aria-labelledby': 'weights' });
  const { close } = popup(trigger, menu);
  const item = (label: string, action: () => void): HTMLElement => {
    const made = element('button', { type: 'button', role: 'menuitem', tabindex: -1 }, label);
    made.addEventListener('click', () => {
      close();
      trigger.focus();
      action();
    });
    return made;
  };
  menu.append(
    item('Random weights', actions.useRandomWeights),
    item('Load a file…', actions.chooseWeights),
  );
  menu.addEventListener('keydown', (event) => walkMenu(menu, event));
  return {
    element: element('div', { class: 'field' }, trigger, menu),
    update: (weights) => {
      name.textContent = weights.name;
      const what = weights.trained ? 'trained' : 'untrained';
      trigger.title = `${weights.name}: ${what}, ${formatCount(weights.tensors)} tensors`;
    },
  };
}

function walkMenu(menu: HTMLElement, event: KeyboardEvent): void {
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
  const step = steps[event.key];
  if (step === undefined) return;
  const items = [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const index = items.findIndex((item) => item === document.activeElement);
  items.at((index + step) % items.length)?.focus();
  event.preventDefault();
}
