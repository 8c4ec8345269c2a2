import { button } from '../draw/element';
import { icon } from '../draw/icon';
import { clamp } from '../draw/rect';
import type { Actions } from '../state/actions';
import { sheetHeight, sheetStops } from '../state/pageForm';
import { PaneEdge } from './paneEdge';

const keyStep = 0.08;

/** Where the sheet lies, in the window's pixels: its lower end, and the room that it shares with the graph. */
export interface SheetPlace {
  readonly bottom: number;
  readonly room: number;
  readonly magnify: number;
}

/** How high the details are as a sheet: an edge to drag, and a button for its two usual heights. */
export class SheetHeight {
  readonly edge: HTMLElement;
  readonly toggle: HTMLButtonElement;
  private readonly paneEdge: PaneEdge;
  private share: number = sheetStops.half;
  private place: SheetPlace = { bottom: 0, room: 1, magnify: 1 };

  constructor(
    private readonly pane: HTMLElement,
    private readonly actions: Pick<Actions, 'look'>,
  ) {
    const stops = (): void => this.set(this.isTall() ? sheetStops.half : sheetStops.tall);
    this.toggle = button('', stops, { kind: 'plain' });
    this.toggle.classList.add('tall-toggle');
    this.toggle.append(icon('tall'));
    this.paneEdge = new PaneEdge({
      className: 'sheet-edge',
      label: 'Height of the details',
      title: 'Drag to make the details higher or lower',
      line: 'horizontal',
      to: ({ y }) => this.set((this.place.bottom - y) / this.place.room),
      step: (by) => this.set(this.share + by * keyStep),
      end: (which) => this.set(which === 'largest' ? 1 : 0),
      toggle: stops,
    });
    this.edge = this.paneEdge.element;
  }

  /** Gives the height of the sheet in the window's pixels. */
  update(share: number, hidden: boolean, place: SheetPlace): number {
    this.place = place;
    this.edge.hidden = hidden;
    const height = sheetHeight(share, place.room);
    this.share = height / place.room;
    for (const { style } of [this.pane, this.edge]) {
      style.setProperty('--sheet-height', `${height / place.magnify}px`);
    }
    const percent = (part: number): number =>
      Math.round((100 * sheetHeight(part, place.room)) / place.room);
    this.paneEdge.say({ now: Math.round(100 * this.share), min: percent(0), max: percent(1) });
    const words = this.isTall() ? 'Lower details' : 'Higher details';
    this.toggle.setAttribute('aria-label', words);
    this.toggle.title = words;
    return height;
  }

  private isTall(): boolean {
    return this.share > (sheetStops.half + sheetStops.tall) / 2;
  }

  private set(share: number): void {
    this.actions.look({ sheet: clamp(share, 0, 1) });
  }
}
