import type { GraphLayout } from './layout/graphLayout';
import { acrossOf, nextStop, type Stop } from './layout/stops';
import { isWalkKey } from './layout/walk';
import { isArrow } from '../draw/gridKeys';
import { nodeIdAt, stopAt } from './graphDrawing';

/** What pointer and keyboard ask of the graph. */
export interface GraphIntents {
  readonly layout: () => GraphLayout | undefined;
  readonly open: (id: string, options: { readonly focus: boolean }) => void;
  readonly fold: (block: string) => void;
  readonly foldAround: (id: string) => void;
  /** All blocks, from where a person is. */
  readonly foldAll: (id: string) => void;
  /** Over the cells of a block's map. */
  readonly walkCells: (id: string, key: string) => void;
  readonly focus: (stop: Stop) => void;
  readonly focused: (stop: Stop, byKeyboard: boolean) => void;
  readonly blurred: () => void;
  readonly entered: (id: string) => void;
  readonly left: () => void;
}

/** Turns pointer, focus and keys on the graph into intents. */
export function listenToGraph(svg: SVGSVGElement, intents: GraphIntents): void {
  svg.addEventListener('click', ({ target }) => {
    const stop = stopAt(target);
    if (stop?.kind === 'title') intents.fold(stop.id);
    else if (stop) intents.open(stop.id, { focus: false });
  });
  listenToPointer(svg, intents);
  svg.addEventListener('focusin', ({ target }) => {
    const stop = stopAt(target);
    const byKeyboard = target instanceof Element && target.matches(':focus-visible');
    if (stop) intents.focused(stop, byKeyboard);
  });
  svg.addEventListener('focusout', intents.blurred);
  listenToKeys(svg, intents);
}

/** A block that moves under a resting pointer was not entered: only a pointer that moved enters. */
function listenToPointer(svg: SVGSVGElement, intents: GraphIntents): void {
  let over: string | undefined;
  let last = { x: NaN, y: NaN };
  svg.addEventListener(
    'pointermove',
    ({ target, clientX: x, clientY: y, pointerType, buttons }) => {
      if (pointerType === 'touch' || buttons !== 0 || (x === last.x && y === last.y)) return;
      last = { x, y };
      const id = nodeIdAt(target);
      if (id === over) return;
      over = id;
      if (id === undefined) intents.left();
      else intents.entered(id);
    },
  );
  svg.addEventListener('pointerleave', () => {
    over = undefined;
    intents.left();
  });
}

function listenToKeys(svg: SVGSVGElement, intents: GraphIntents): void {
  /** Where a person set out from who goes up and down, until something else is done. */
  let across: number | undefined;
  svg.addEventListener('focusout', () => (across = undefined));
  svg.addEventListener('keydown', (event) => {
    const { key, shiftKey } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const here = stopAt(event.target);
    const layout = intents.layout();
    if (!here || !layout) return;
    if (isWalkKey(key) && !(shiftKey && isArrow(key))) {
      const kept = across ?? acrossOf(layout, here);
      intents.focus(nextStop(layout, here, key, across));
      across = key === 'ArrowUp' || key === 'ArrowDown' ? kept : undefined;
    } else if (!actOn(here, event, intents)) return;
    event.preventDefault();
  });
}

/** What keys besides those that walk do to a stop. */
function actOn(
  { kind, id }: Stop,
  { key, shiftKey }: KeyboardEvent,
  intents: GraphIntents,
): boolean {
  const opens = key === 'Enter' || key === ' ';
  if (kind === 'title') {
    if (opens || key === 'g') intents.fold(id);
    return opens || key === 'g';
  }
  if (opens) intents.open(id, { focus: true });
  else if (key === 'g') intents.foldAround(id);
  else if (key === 'G') intents.foldAll(id);
  else if (shiftKey && isArrow(key)) intents.walkCells(id, key);
  else return false;
  return true;
}
