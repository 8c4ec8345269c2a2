import { element } from './element';
import { meaningOf } from './glossary';
import { clamp } from './rect';

const tipId = 'term-tip';
const enterMilliseconds = 150;
/** Long enough to move the pointer from the term onto its tip. */
const leaveMilliseconds = 220;
const gap = 4;
/** What stays free between a tip and the page's edge, in pixels. */
const edge = 8;

/** Shows what a term means beside it, until pointer and keyboard have left it or Esc is pressed (WCAG 1.4.13). */
export class TermTip {
  readonly element = element('div', {
    id: tipId,
    class: 'term-tip',
    role: 'tooltip',
    hidden: true,
  });
  private owner: Element | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(page: HTMLElement) {
    page.addEventListener('focusin', ({ target }) => {
      const term = termAt(target);
      if (term) this.show(term);
      else this.hide();
    });
    page.addEventListener('pointerover', ({ target }) => {
      const term = termAt(target);
      if (term) this.later(() => this.show(term), enterMilliseconds);
      else if (this.element.contains(target as Node)) clearTimeout(this.timer);
      else this.leave();
    });
    page.addEventListener('pointerleave', () => this.leave());
    page.addEventListener('focusout', () => this.hide());
    // The keyboard scrolls to what it reaches, a moment after it got there.
    document.addEventListener('scroll', () => this.place(), { capture: true, passive: true });
    // Before others that close something at Esc: a tip goes first.
    document.addEventListener('keydown', (event) => this.key(event), { capture: true });
  }

  /** The pointer has left the term; the keyboard may still be there. */
  private leave(): void {
    if (document.activeElement !== this.owner) this.later(() => this.hide(), leaveMilliseconds);
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || this.element.hidden) return;
    event.stopPropagation();
    event.preventDefault();
    this.hide();
  }

  private show(term: HTMLElement): void {
    this.hide();
    this.owner = term;
    term.setAttribute('aria-describedby', tipId);
    this.element.textContent = meaningOf(term.textContent) ?? '';
    this.element.hidden = false;
    this.place();
  }

  private place(): void {
    if (!this.owner) return;
    const { left, top, bottom } = this.owner.getBoundingClientRect();
    const { width, height } = this.element.getBoundingClientRect();
    const below = bottom + gap + height + edge <= innerHeight;
    this.element.style.left = `${clamp(left, edge, innerWidth - width - edge)}px`;
    this.element.style.top = `${below ? bottom + gap : Math.max(edge, top - gap - height)}px`;
  }

  private hide(): void {
    clearTimeout(this.timer);
    this.element.hidden = true;
    this.owner?.removeAttribute('aria-describedby');
    this.owner = undefined;
  }

  private later(act: () => void, milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(act, milliseconds);
  }
}

function termAt(target: EventTarget | null): HTMLElement | undefined {
  return target instanceof Element
    ? (target.closest<HTMLElement>('.term') ?? undefined)
    : undefined;
}
