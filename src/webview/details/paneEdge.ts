import { element } from '../draw/element';

/** What an edge does when it is moved; pixels are the window's. */
interface EdgeMoves {
  /** A drag came to here. */
  readonly to: (at: { readonly x: number; readonly y: number }) => void;
  /** A key asks for a larger pane (1) or a smaller one (-1), or for the largest or smallest. */
  readonly step: (by: 1 | -1) => void;
  readonly end: (which: 'largest' | 'smallest') => void;
  /** Double click. */
  readonly toggle: () => void;
}

interface EdgeOptions extends EdgeMoves {
  readonly className: string;
  readonly label: string;
  readonly title: string;
  /** The line's own direction: the pane beside an upright one grows to the left, above a level one upwards. */
  readonly line: 'vertical' | 'horizontal';
}

interface EdgeValues {
  readonly now: number;
  readonly min: number;
  readonly max: number;
}

/** The edge of a pane, which is dragged, or moved by arrows, Home and End. */
export class PaneEdge {
  readonly element: HTMLElement;

  constructor({ className, label, title, line, ...moves }: EdgeOptions) {
    this.element = element('div', {
      class: className,
      role: 'separator',
      tabindex: 0,
      'aria-orientation': line,
      'aria-label': label,
      title,
    });
    const edge = this.element;
    edge.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      edge.setPointerCapture(event.pointerId);
    });
    edge.addEventListener('pointermove', ({ pointerId, clientX: x, clientY: y }) => {
      if (edge.hasPointerCapture(pointerId)) moves.to({ x, y });
    });
    edge.addEventListener('dblclick', moves.toggle);
    const [larger, smaller] =
      line === 'vertical' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    edge.addEventListener('keydown', (event) => {
      if (event.key === larger) moves.step(1);
      else if (event.key === smaller) moves.step(-1);
      else if (event.key === 'Home') moves.end('smallest');
      else if (event.key === 'End') moves.end('largest');
      else return;
      event.preventDefault();
    });
  }

  say(values: EdgeValues): void {
    for (const name of ['now', 'min', 'max'] as const) {
      this.element.setAttribute(`aria-value${name}`, String(values[name]));
    }
  }
}
