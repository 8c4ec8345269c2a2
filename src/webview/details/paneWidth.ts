import { button } from '../draw/element';
import { icon } from '../draw/icon';
import { clamp } from '../draw/rect';
import type { Actions } from '../state/actions';
import { firstView } from '../state/viewState';
import { PaneEdge } from './paneEdge';

const narrowest = 300;
const keyStep = 24;
/** What is left of the page for the picture and the graph. */
const left = 420;
const wideShare = 0.62;

/** How wide the details are: an edge to drag, and a button for the two widths that are wanted most. */
export class PaneWidth {
  readonly edge: HTMLElement;
  readonly toggle: HTMLButtonElement;
  private readonly paneEdge: PaneEdge;
  private width = firstView.detailsWidth;
  private magnify = 1;

  constructor(
    private readonly pane: HTMLElement,
    private readonly actions: Pick<Actions, 'look'>,
  ) {
    const wider = (): void => this.set(this.isWide() ? firstView.detailsWidth : this.wide());
    this.toggle = button('', wider, { kind: 'plain' });
    this.toggle.classList.add('wide-toggle');
    this.toggle.append(icon('wide'));
    this.paneEdge = new PaneEdge({
      className: 'pane-edge',
      label: 'Width of the details',
      title: 'Drag to make the details wider or narrower',
      line: 'vertical',
      to: ({ x }) => this.set((innerWidth - x) / this.magnify),
      step: (by) => this.set(this.width + by * keyStep),
      end: (which) => this.set(which === 'largest' ? this.widest() : narrowest),
      toggle: wider,
    });
    this.edge = this.paneEdge.element;
  }

  /** `width` in pixels that are `magnify` times as large as the window's. */
  update(width: number, hidden: boolean, magnify: number): void {
    this.magnify = magnify;
    this.edge.hidden = hidden;
    this.width = this.allowed(width);
    for (const { style } of [this.pane, this.edge]) {
      style.setProperty('--details-width', `${this.width}px`);
    }
    this.paneEdge.say({ now: this.width, min: narrowest, max: this.widest() });
    const words = this.isWide() ? 'Narrow details' : 'Wide details';
    this.toggle.setAttribute('aria-label', words);
    this.toggle.title = words;
  }

  private isWide(): boolean {
    return this.width > firstView.detailsWidth + keyStep;
  }

  private allowed(width: number): number {
    return Math.round(clamp(width, narrowest, this.widest()));
  }

  private set(width: number): void {
    this.actions.look({ detailsWidth: this.allowed(width) });
  }

  private widest(): number {
    return Math.max(narrowest, Math.round(innerWidth / this.magnify) - left);
  }

  private wide(): number {
    return (innerWidth / this.magnify) * wideShare;
  }
}
