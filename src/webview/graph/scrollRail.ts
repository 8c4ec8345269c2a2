import { element } from '../draw/element';
import { clamp, type Size } from '../draw/rect';
import type { Transform } from './layout/fitTransform';

/** From which part of the graph to which the pane shows it, from 0 to 1. */
export function seenPart({ k, y }: Transform, pane: Size, world: Size): readonly [number, number] {
  const top = clamp(-y / k / world.height, 0, 1);
  return [top, clamp(top + pane.height / k / world.height, top, 1)];
}

/** A slim bar at the right of a graph that goes on below: what is in sight, and a way to elsewhere. */
export class ScrollRail {
  readonly element: HTMLElement;
  private readonly thumb = element('div', { class: 'scroll-thumb' });

  /** `moveTo` brings a place into the middle of the pane, as a part of the graph's height. */
  constructor(moveTo: (part: number) => void) {
    this.element = element('div', { class: 'scroll-rail', 'aria-hidden': 'true' }, this.thumb);
    const rail = this.element;
    const press = (event: PointerEvent): void => {
      if (event.buttons !== 1) return;
      const { top, height } = rail.getBoundingClientRect();
      moveTo((event.clientY - top) / height);
    };
    rail.addEventListener('pointerdown', (event) => {
      rail.setPointerCapture(event.pointerId);
      press(event);
    });
    rail.addEventListener('pointermove', press);
  }

  /** Nothing is shown where `part` is undefined. */
  show(part: readonly [number, number] | undefined): void {
    this.element.hidden = !part;
    if (!part) return;
    this.thumb.style.top = `${100 * part[0]}%`;
    this.thumb.style.height = `${100 * (part[1] - part[0])}%`;
  }
}
