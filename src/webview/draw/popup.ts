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
    panel.querySelector<HTMLElement>('[role=menuitem]')?.focus();
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
  return { close: () => show(false) };
}

/** Moves a panel sideways that would end beyond the page. */
function keepInPage(panel: HTMLElement): void {
  panel.style.translate = '';
  const { left, right } = panel.getBoundingClientRect();
  const beyond = Math.max(0, right + edge - document.documentElement.clientWidth);
  panel.style.translate = `${Math.max(edge - left, -beyond)}px`;
}
