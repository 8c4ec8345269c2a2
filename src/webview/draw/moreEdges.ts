import { element } from './element';
import { type Rect, type Size } from './rect';

type Side = 'left' | 'right' | 'top' | 'bottom';

/** What lies within this of an edge is not worth a sign. */
const slack = 2;

/** On which sides of what is seen there is more of the whole, which begins at 0, 0. */
export function hiddenSides({ x, y, width, height }: Rect, whole: Size): readonly Side[] {
  const sides: Side[] = [];
  if (x > slack) sides.push('left');
  if (x + width < whole.width - slack) sides.push('right');
  if (y > slack) sides.push('top');
  if (y + height < whole.height - slack) sides.push('bottom');
  return sides;
}

/** Shades at the edges of a pane behind which there is more; lies over the pane and takes no pointer. */
export class MoreEdges {
  readonly element = element('div', { class: 'more-edges', 'aria-hidden': 'true' });

  show(seen: Rect, whole: Size): void {
    const sides = hiddenSides(seen, whole).join(' ');
    if (this.element.dataset['more'] !== sides) this.element.dataset['more'] = sides;
  }
}

/** A frame around what scrolls, with shades where it goes on. A first column that sticks stays clear of them. */
export function scrollFrame(scroller: HTMLElement): HTMLElement {
  const edges = new MoreEdges();
  const look = (): void => {
    const { scrollLeft: x, scrollTop: y, clientWidth: width, clientHeight: height } = scroller;
    const whole = { width: scroller.scrollWidth, height: scroller.scrollHeight };
    edges.show({ x, y, width, height }, whole);
    const sticky = scroller.querySelector<HTMLElement>('thead th')?.offsetWidth ?? 0;
    const bars = { right: scroller.offsetWidth - width, bottom: scroller.offsetHeight - height };
    const { style } = edges.element;
    style.setProperty('--sticky-width', `${sticky}px`);
    style.inset = `0 ${bars.right}px ${bars.bottom}px 0`;
    scroller.classList.toggle('scrolled', x > slack);
  };
  scroller.addEventListener('scroll', look, { passive: true });
  const sizes = new ResizeObserver(look);
  const observe = (): void => {
    sizes.disconnect();
    for (const each of [scroller, ...scroller.children]) sizes.observe(each);
  };
  new MutationObserver(observe).observe(scroller, { childList: true });
  observe();
  return element('div', { class: 'scroll-frame' }, scroller, edges.element);
}
