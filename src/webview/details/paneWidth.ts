import { button, element } from '../draw/element';
import { icon } from '../draw/icon';
import { clamp } from '../draw/rect';
import type { Actions } from '../state/actions';
import { firstView } from '../state/viewState';

const narrowest = 300;
const keyStep = 24;
/** What is left of the page for the picture and the graph. */
const left = 420;
const wideShare = 0.62;

/** How wide the details are: an edge to drag, and a button for the two widths that are wanted most. */
export class PaneWidth {
  readonly edge = element('div', {
    class: 'pane-edge',
    role: 'separator',
    tabindex: 0,
    'aria-orientation': 'vertical',
    'aria-label': 'Width of the details',
    title: 'Drag to make the details wider or narrower',
  });
  readonly toggle: HTMLButtonElement;
  private width = firstView.detailsWidth;

  constructor(
    private readonly pane: HTMLElement,
    private readonly actions: Pick<Actions, 'look'>,
  ) {
    this.toggle = button('', () => this.set(this.isWide() ? firstView.detailsWidth : wide()), {
      kind: 'plain',
    });
    this.toggle.classList.add('wide-toggle');
    this.toggle.append(icon('wide'));
    this.edge.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      this.edge.setPointerCapture(event.pointerId);
    });
    this.edge.addEventListener('pointermove', (event) => {
      if (this.edge.hasPointerCapture(event.pointerId)) this.set(innerWidth - event.clientX);
    });
    this.edge.addEventListener('dblclick', () => this.toggle.click());
    this.edge.addEventListener('keydown', (event) => this.key(event));
  }

  update(width: number, hidden: boolean): void {
    this.edge.hidden = hidden;
    this.width = this.allowed(width);
    this.pane.style.setProperty('--details-width', `${this.width}px`);
    this.edge.style.setProperty('--details-width', `${this.width}px`);
    for (const [name, value] of [
      ['now', this.width],
      ['min', narrowest],
      ['max', widest()],
    ] as const) {
      this.edge.setAttribute(`aria-value${name}`, String(value));
    }
    const words = this.isWide() ? 'Narrow details' : 'Wide details';
    this.toggle.setAttribute('aria-label', words);
    this.toggle.title = words;
  }

  private isWide(): boolean {
    return this.width > firstView.detailsWidth + keyStep;
  }

  private allowed(width: number): number {
    return Math.round(clamp(width, narrowest, widest()));
  }

  private set(width: number): void {
    this.actions.look({ detailsWidth: this.allowed(width) });
  }

  private key(event: KeyboardEvent): void {
    if (event.key === 'ArrowLeft') this.set(this.width + keyStep);
    else if (event.key === 'ArrowRight') this.set(this.width - keyStep);
    else if (event.key === 'Home') this.set(narrowest);
    else if (event.key === 'End') this.set(widest());
    else return;
    event.preventDefault();
  }
}

function widest(): number {
  return Math.max(narrowest, innerWidth - left);
}

function wide(): number {
  return innerWidth * wideShare;
}
