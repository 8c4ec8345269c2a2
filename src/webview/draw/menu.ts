import { element } from './element';
import { itemAfterKey } from './gridKeys';

/** One thing that a menu offers. */
export interface MenuItem {
  readonly label: string;
  readonly choose: () => void;
  /** Of a choice that is on or off, alone or as one of several. */
  readonly checked?: boolean;
  readonly kind?: 'menuitem' | 'menuitemcheckbox' | 'menuitemradio';
  /** The key that does the same. */
  readonly key?: string;
}

/** Things that belong together; a line parts them from the next. */
export type MenuGroup = readonly MenuItem[];

const anyItem = '[role^=menuitem]';

/** Makes a button open a menu; arrows walk it. `panel` is what opens, and holds the menu. */
export function popupMenu(
  trigger: HTMLButtonElement,
  menu: HTMLElement,
  panel: HTMLElement,
): { readonly fill: (groups: readonly MenuGroup[]) => void } {
  const { close } = popup(trigger, panel);
  menu.addEventListener('keydown', (event) => walk(menu, event));
  const row = ({ label, choose, checked, kind = 'menuitem', key }: MenuItem): HTMLButtonElement => {
    const made = element('button', { type: 'button', role: kind, tabindex: -1 }, label);
    if (checked !== undefined) made.setAttribute('aria-checked', String(checked));
    if (key !== undefined) {
      made.setAttribute('aria-keyshortcuts', key);
      made.append(element('kbd', { 'aria-hidden': 'true' }, key));
    }
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
  const items = [...menu.querySelectorAll<HTMLElement>(anyItem)];
  const index = items.findIndex((item) => item === document.activeElement);
  const target = itemAfterKey(event.key, index, { count: items.length, columns: 1, wraps: true });
  if (target === undefined) return;
  items[target]?.focus();
  event.preventDefault();
}

/** What stays free between an open panel and the page's edge, in pixels. */
const edge = 8;

/** Opens and closes a panel under its button: click, Esc, a click elsewhere or focus elsewhere. */
export function popup(trigger: HTMLButtonElement, panel: HTMLElement): { close: () => void } {
  const show = (open: boolean): void => {
    panel.hidden = !open;
    trigger.setAttribute('aria-expanded', String(open));
    if (open) keepInPage(panel);
  };
  const outside = (target: EventTarget | null): boolean =>
    target instanceof Node && !panel.contains(target) && !trigger.contains(target);
  show(false);
  trigger.addEventListener('click', () => {
    show(Boolean(panel.hidden));
    panel.querySelector<HTMLElement>(anyItem)?.focus();
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (outside(target)) show(false);
  });
  panel.addEventListener('focusout', ({ relatedTarget }) => {
    if (outside(relatedTarget)) show(false);
  });
  for (const part of [trigger, panel]) {
    part.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || panel.hidden) return;
      event.stopPropagation();
      show(false);
      trigger.focus();
    });
  }
  followPage(() => {
    if (panel.hidden) return;
    if (trigger.checkVisibility()) keepInPage(panel);
    else show(false);
  });
  return { close: () => show(false) };
}

/** In the next frame: a row gives up buttons that it has no room for. */
function followPage(place: () => void): void {
  new ResizeObserver(() => requestAnimationFrame(place)).observe(document.documentElement);
}

/** Moves a panel sideways that would end beyond the page. */
function keepInPage(panel: HTMLElement): void {
  panel.style.translate = '';
  const { left, right, width } = panel.getBoundingClientRect();
  const beyond = Math.max(0, right + edge - document.documentElement.clientWidth);
  // A panel that is drawn larger measures its own lengths in larger pixels.
  const magnify = width / panel.offsetWidth || 1;
  panel.style.translate = `${Math.max(edge - left, -beyond) / magnify}px`;
}
