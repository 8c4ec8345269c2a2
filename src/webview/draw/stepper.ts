/** The items of a drawing, in an order in which a person can walk through them. */
export interface StepOptions {
  readonly label: string;
  readonly count: number;
  /** How many items Arrow Up and Arrow Down skip; 1 where the items form one row. */
  readonly row?: number;
  /** How many items Page Up and Page Down skip. */
  readonly page?: number;
  /** The item under the pointer. */
  readonly at: (event: PointerEvent) => number | undefined;
  /** What an item says. */
  readonly words: (index: number) => string;
  /** Shows an item as the one that is read; undefined where none is. */
  readonly show: (index: number | undefined) => void;
}

/**
 * Lets a person read a drawing item by item, by the pointer or, as ARIA's slider does, by the keys. What it gives is
 * called where there are other items, or more.
 */
export function stepThrough(
  drawing: HTMLElement | SVGElement,
  options: StepOptions,
): (count: number) => void {
  const { label, row = 1, page = 10, at, words, show } = options;
  let { count } = options;
  let index = 0;
  const go = (next: number): void => {
    index = Math.min(count - 1, Math.max(0, next));
    drawing.setAttribute('aria-valuenow', String(index));
    drawing.setAttribute('aria-valuetext', words(index));
    show(index);
  };
  const attributes = { role: 'slider', tabindex: 0, 'aria-label': label, 'aria-valuemin': 0 };
  for (const [name, value] of Object.entries({
    ...attributes,
    'aria-valuemax': count - 1,
    'aria-valuenow': 0,
    'aria-valuetext': words(0),
  })) {
    drawing.setAttribute(name, String(value));
  }
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowUp: row === 1 ? 1 : -row,
    ArrowDown: row === 1 ? -1 : row,
    PageUp: -page,
    PageDown: page,
    Home: -Infinity,
    End: Infinity,
  };
  const onKey = (event: Event): void => {
    const step = event instanceof KeyboardEvent ? steps[event.key] : undefined;
    if (step === undefined) return;
    event.preventDefault();
    go(index + step);
  };
  const onPointer = (event: Event): void => {
    const found = event instanceof PointerEvent ? at(event) : undefined;
    if (found === undefined) show(undefined);
    else go(found);
  };
  drawing.addEventListener('keydown', onKey);
  drawing.addEventListener('focus', () => show(index));
  drawing.addEventListener('blur', () => show(undefined));
  drawing.addEventListener('pointermove', onPointer);
  drawing.addEventListener('pointerleave', () =>
    show(document.activeElement === drawing ? index : undefined),
  );
  return (now) => {
    count = now;
    index = Math.min(index, Math.max(0, count - 1));
    drawing.setAttribute('aria-valuemax', String(Math.max(0, count - 1)));
    drawing.setAttribute('aria-valuenow', String(index));
    drawing.setAttribute('aria-valuetext', words(index));
  };
}

/** Where a pointer is in an element, each axis from 0 to 1. */
export function placeIn(
  drawing: Element,
  { clientX, clientY }: PointerEvent,
): { readonly x: number; readonly y: number } {
  const { left, top, width, height } = drawing.getBoundingClientRect();
  return { x: (clientX - left) / width, y: (clientY - top) / height };
}
