import { itemAfterKey } from './gridKeys';

const keys = new Set(['ArrowUp', 'ArrowDown', 'Home', 'End']);

/** Up and down arrows, Home and End walk the rows of a table that open something by the button in their head. */
export function walkRows(table: HTMLElement): void {
  table.addEventListener('keydown', (event) => {
    if (!keys.has(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = [...table.querySelectorAll<HTMLElement>('tbody th button')];
    const index = rows.findIndex((row) => row === document.activeElement);
    if (index < 0) return;
    const to = itemAfterKey(event.key, index, { count: rows.length, columns: 1 });
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    rows[to]?.focus();
  });
}

/** Puts rows in the place of those of before; the keyboard stays in the one of the same `data-row`. */
export function replaceRows(body: HTMLElement, rows: readonly HTMLElement[]): void {
  const { activeElement } = document;
  const held = body.contains(activeElement) ? activeElement?.closest('tr') : undefined;
  body.replaceChildren(...rows);
  if (held) rowButton(body, held.dataset['row'])?.focus();
}

/** The button of the row of this `data-row`, else of the first row; null where there is none. */
export function rowButton(table: HTMLElement, row: string | undefined): HTMLElement | null {
  const wanted =
    row === undefined ? null : table.querySelector(`tr[data-row="${CSS.escape(row)}"]`);
  return (wanted ?? table).querySelector<HTMLElement>('th[scope=row] button');
}
