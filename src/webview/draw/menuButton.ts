import { element } from './element';
import { popupMenu, type MenuGroup } from './menu';
import { dirtyCheck } from './redraw';

interface MenuButtonOptions {
  readonly id: string;
  readonly class: string;
  readonly content: readonly (Node | string)[];
  /** What it is called where its content says it to nobody. */
  readonly name?: string;
}

/** A button that opens a menu under itself. */
export class MenuButton {
  readonly element: HTMLElement;
  private readonly menu: ReturnType<typeof popupMenu>;
  private readonly changed = dirtyCheck();

  constructor({ id, class: kind, content, name }: MenuButtonOptions) {
    const trigger = element(
      'button',
      {
        type: 'button',
        class: kind,
        id,
        'aria-haspopup': 'menu',
        ...(name !== undefined && { 'aria-label': name, title: name }),
      },
      ...content,
    );
    const panel = element('div', {
      class: `popup menu ${id}-popup`,
      role: 'menu',
      'aria-labelledby': id,
    });
    this.menu = popupMenu(trigger, panel, panel);
    this.element = element('div', { class: 'field' }, trigger, panel);
  }

  update(groups: readonly MenuGroup[]): void {
    // An open menu keeps its place as long as it says the same.
    const words = groups.map((group) => group.map(({ label, checked }) => `${label} ${checked}`));
    if (this.changed(JSON.stringify(words))) this.menu.fill(groups);
  }
}
