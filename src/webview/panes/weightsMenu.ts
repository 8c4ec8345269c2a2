import type { PanelWeights } from '../../protocol/panelProtocol';
import type { Actions } from '../actions';
import { element } from '../dom/element';
import { icon } from '../dom/icon';
import { popup } from '../dom/popup';
import { weightsWords } from '../facts/weightsWords';

/** The weights' name, and a menu of where to take others from. */
export function weightsMenu(actions: Actions): {
  readonly element: HTMLElement;
  readonly update: (weights: PanelWeights) => void;
} {
  const name = element('strong', {});
  const trigger = element(
    'button',
    { type: 'button', class: 'button secondary', id: 'weights', 'aria-haspopup': 'menu' },
    element('span', {}, 'Weights'),
    name,
    icon('chevron'),
  );
  const menu = element('div', { role: 'menu', 'aria-labelledby': 'weights' });
  const facts = element('p', { class: 'quiet facts' });
  const panel = element('div', { class: 'popup menu weights-popup' }, menu, facts);
  const { close } = popup(trigger, panel);
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
    item('Published weights…', actions.chooseWeights),
    item('Load a file…', actions.chooseWeightsFile),
    item('Random weights', actions.useRandomWeights),
  );
  menu.addEventListener('keydown', (event) => walkMenu(menu, event));
  return {
    element: element('div', { class: 'field' }, trigger, panel),
    update: (weights) => {
      name.textContent = weights.name;
      const words = weightsWords(weights);
      trigger.title = words.join('\n');
      facts.replaceChildren(...words.slice(1).map((line) => element('span', {}, line)));
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
