import { element } from '../draw/element';
import { itemAfterKey } from '../draw/gridKeys';
import type { Tab } from '../state/tab';
import type { TabId } from '../state/viewState';

/** Tabs as ARIA has them: one stop for the Tab key, arrows between them. */
export class TabList {
  readonly element = element('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Details' });
  private readonly buttons = new Map<TabId, HTMLButtonElement>();

  constructor(
    tabs: readonly Tab[],
    private readonly select: (id: TabId) => void,
  ) {
    for (const { id, label, element: panel } of tabs) {
      const tab = element('button', { type: 'button', role: 'tab', id: `tab-${id}` }, label);
      tab.addEventListener('click', () => select(id));
      this.buttons.set(id, tab);
      panel.id = `panel-${id}`;
      panel.setAttribute('role', 'tabpanel');
      panel.setAttribute('aria-labelledby', tab.id);
      tab.setAttribute('aria-controls', panel.id);
    }
    this.element.append(...this.buttons.values());
    this.element.addEventListener('keydown', (event) => this.walk(event));
  }

  /** Shows these tabs, with `current` on top. */
  update(shown: readonly TabId[], current: TabId): void {
    for (const [id, tab] of this.buttons) {
      tab.hidden = !shown.includes(id);
      tab.setAttribute('aria-selected', String(id === current));
      tab.tabIndex = id === current ? 0 : -1;
    }
    this.element.hidden = shown.length < 2;
  }

  private walk(event: KeyboardEvent): void {
    const shown = [...this.buttons].filter(([, tab]) => !tab.hidden);
    const at = shown.findIndex(([, tab]) => tab === document.activeElement);
    const target = itemAfterKey(event.key, at, { count: shown.length, wraps: true });
    const entry = target === undefined ? undefined : shown[target];
    if (!entry) return;
    event.preventDefault();
    event.stopPropagation();
    this.select(entry[0]);
    entry[1].focus();
  }
}
