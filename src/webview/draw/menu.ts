import { element } from './element';
import { popup } from './popup';

/** One thing that a menu offers. */
export interface MenuItem {
  readonly label: string;
  readonly choose: () => void;
}

/** Things that belong together; a line parts them from the next. */
export type MenuGroup = readonly MenuItem[];

/** Makes a button open a menu; arrows walk it. `panel` is what opens, and holds the menu. */
export function popupMenu(
  trigger: HTMLButtonElement,
  menu: HTMLElement,
  panel: HTMLElement,
): { readonly fill: (groups: readonly MenuGroup[]) => void } {
  const { close } = popup(trigger, panel);
  menu.addEventListener('keydown', (event) => walk(menu, event));
  const row = ({ label, choose }: MenuItem): HTMLButtonElement => {
    const made = element('button', { type: 'button', role: 'menuitem', tabindex: -1 }, label);
    made.addEventListener('click', () => {
      close();
      trigger.focus();
      choose();
    });
    // One item is marked, not one for the keyboard and another for the pointer.
    made.addEventListener('pointermove', () => made.focus());
    return made;
  };
  return {
    fill: (groups) => {
      const held = menu.contains(document.activeElement);
      const parts = groups.filter(({ length }) => length > 0).map((group) => group.map(row));
      menu.replaceChildren(
        ...parts.flatMap((rows, index) => (index === 0 ? rows : [element('hr', {}), ...rows])),
      );
      // What had the keyboard is gone.
      if (held) parts[0]?.[0]?.focus();
    },
  };
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
