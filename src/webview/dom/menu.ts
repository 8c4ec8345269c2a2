import { element } from './element';
import { popup } from './popup';

/** One thing that a menu offers. */
export interface MenuItem {
  readonly label: string;
  readonly choose: () => void;
}

/** Makes a button open a menu; arrows walk it. `panel` is what opens, and holds the menu. */
export function popupMenu(
  trigger: HTMLButtonElement,
  menu: HTMLElement,
  panel: HTMLElement,
): { readonly fill: (items: readonly MenuItem[]) => void } {
  const { close } = popup(trigger, panel);
  menu.addEventListener('keydown', (event) => walk(menu, event));
  const row = ({ label, choose }: MenuItem): HTMLElement => {
    const made = element('button', { type: 'button', role: 'menuitem', tabindex: -1 }, label);
    made.addEventListener('click', () => {
      close();
      trigger.focus();
      choose();
    });
    return made;
  };
  return { fill: (items) => menu.replaceChildren(...items.map(row)) };
}

function walk(menu: HTMLElement, event: KeyboardEvent): void {
  const items = [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const index = items.findIndex((item) => item === document.activeElement);
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: (index + 1) % items.length,
    ArrowUp: (index - 1) % items.length,
    Home: 0,
    End: -1,
  };
  const target = targets[event.key];
  if (target === undefined) return;
  items.at(target)?.focus();
  event.preventDefault();
}
