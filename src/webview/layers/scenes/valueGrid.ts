import { isPadding, windowLength, type WindowPlace } from '../../../network/tensor/windowPlace';
import { element } from '../../draw/element';
import { formatBrief, formatPrecise } from '../../draw/numberFormat';
import { cellColour, reachOf } from './cellColour';

/** Numbers of a window, row by row. */
export interface GridValues {
  readonly name: string;
  readonly values: ArrayLike<number>;
  readonly isPadding: (place: number) => boolean;
  /** Where the colours end; the largest size among the values where it is left out. */
  readonly reach?: number;
}

/** How far the steps have come in a grid: the place they are at, and the first that is not known yet. */
export interface GridMark {
  readonly current?: number | undefined;
  readonly pendingFrom?: number | undefined;
  /** A place that stays highlighted, such as the largest value of a pooling window. */
  readonly won?: number | undefined;
}

/** A small grid of coloured cells, with their numbers where there is room. */
export class ValueGrid {
  readonly element: HTMLElement;
  private readonly cells: readonly HTMLElement[];

  constructor(
    private readonly size: Pick<WindowPlace, 'rows' | 'columns'>,
    onPick: (place: number) => void,
  ) {
    const { rows, columns } = size;
    this.cells = Array.from({ length: rows * columns }, () =>
      element('span', { class: 'value-cell' }),
    );
    const grid = element('div', { class: 'value-grid', role: 'img' }, ...this.cells);
    grid.style.gridTemplateColumns = `repeat(${columns}, 1fr)`;
    grid.dataset['side'] = String(Math.max(rows, columns));
    grid.addEventListener('click', ({ target }) => {
      const place = this.cells.findIndex((cell) => cell === target);
      if (place >= 0) onPick(place);
    });
    this.element = element('div', { class: 'value-box' }, grid);
  }

  show({ name, values, isPadding, reach = reachOf(values) }: GridValues): void {
    const { rows, columns } = this.size;
    for (const [place, cell] of this.cells.entries()) {
      const value = values[place] ?? NaN;
      const padded = isPadding(place);
      const colour = padded ? undefined : cellColour(value, reach);
      cell.textContent = padded ? '' : formatBrief(value);
      cell.style.backgroundColor = colour ? `rgb(${colour.back.join(' ')})` : '';
      cell.style.color = colour?.text ?? '';
      cell.classList.toggle('padding', padded);
      cell.title = `row ${Math.floor(place / columns)}, column ${place % columns}: ${padded ? 'padding' : formatPrecise(value)}`;
    }
    const range = reach === 0 ? 'all 0' : `up to ${formatPrecise(reach)} either way`;
    this.element.firstElementChild?.setAttribute(
      'aria-label',
      `${name}, ${rows} × ${columns}, ${range}`,
    );
  }

  mark({ current, pendingFrom, won }: GridMark): void {
    for (const [place, cell] of this.cells.entries()) {
      cell.classList.toggle('current', place === current);
      cell.classList.toggle('pending', pendingFrom !== undefined && place >= pendingFrom);
      cell.classList.toggle('won', place === won);
    }
  }
}

/** Where a window lies: `rows 37 to 47, columns −3 to 7; hatched: padding`. */
export function spanWords(window: WindowPlace): string {
  const { top, left, rows, columns, rowStep, columnStep } = window;
  const span = (start: number, size: number, step: number): string =>
    `${signed(start)} to ${signed(start + (size - 1) * step)}`;
  const places = [...Array(windowLength(window)).keys()];
  const padding = places.some((place) => isPadding(window, place)) ? '; hatched: padding' : '';
  return `rows ${span(top, rows, rowStep)}, columns ${span(left, columns, columnStep)}${padding}`;
}

function signed(value: number): string {
  return String(value).replace('-', '−');
}
