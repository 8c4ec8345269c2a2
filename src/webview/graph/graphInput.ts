import type { GraphLayout } from './layout/graphLayout';
import { isWalkKey, walk } from './layout/walk';
import { isArrow, itemAfterKey } from '../draw/gridKeys';
import { bracketAt, nodeIdAt } from './graphDrawing';

/** What pointer and keyboard ask of the graph. */
export interface GraphIntents {
  readonly layout: () => GraphLayout | undefined;
  readonly open: (id: string, options: { readonly focus: boolean }) => void;
  readonly fold: (block: string) => void;
  readonly foldAround: (id: string) => void;
  /** Over the cells of a block's map. */
  readonly walkCells: (id: string, key: string) => void;
  readonly focus: (id: string) => void;
  readonly focused: (id: string, byKeyboard: boolean) => void;
  readonly blurred: () => void;
  readonly entered: (id: string) => void;
  readonly left: () => void;
}

/** Turns pointer, focus and keys on the graph into intents. */
export function listenToGraph(svg: SVGSVGElement, intents: GraphIntents): void {
  svg.addEventListener('click', ({ target }) => {
    const block = bracketAt(target);
    const id = nodeIdAt(target);
    if (block !== undefined) intents.fold(block);
    else if (id !== undefined) intents.open(id, { focus: false });
  });
  listenToPointer(svg, intents);
  svg.addEventListener('focusin', ({ target }) => {
    const id = nodeIdAt(target);
    const byKeyboard = target instanceof Element && target.matches(':focus-visible');
    if (id !== undefined) intents.focused(id, byKeyboard);
  });
  svg.addEventListener('focusout', intents.blurred);
  svg.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const block = bracketAt(event.target);
    const id = nodeIdAt(event.target);
    const taken =
      (block !== undefined && bracketKey(svg, event, block, intents)) ||
      (id !== undefined && nodeKey(event, id, intents));
    if (taken) event.preventDefault();
  });
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

function nodeKey({ key, shiftKey }: KeyboardEvent, id: string, intents: GraphIntents): boolean {
  const layout = intents.layout();
  if (shiftKey && isArrow(key)) {
    intents.walkCells(id, key);
    return true;
  }
  if (isWalkKey(key) && layout) {
    intents.focus(walk(layout.nodes, id, key));
    return true;
  }
  if (key === 'Enter' || key === ' ') {
    intents.open(id, { focus: true });
    return true;
  }
  if (key === 'g') {
    intents.foldAround(id);
    return true;
  }
  return false;
}

function bracketKey(
  svg: SVGSVGElement,
  { key }: KeyboardEvent,
  block: string,
  intents: GraphIntents,
): boolean {
  if (key === 'Enter' || key === ' ') {
    intents.fold(block);
    return true;
  }
  const titles = [...svg.querySelectorAll<SVGGElement>('[data-block]')];
  const index = titles.findIndex((title) => title.dataset['block'] === block);
  const next = itemAfterKey(key, index, { count: titles.length });
  if (next === undefined) return false;
  titles.forEach((title, at) => title.setAttribute('tabindex', at === next ? '0' : '-1'));
  titles[next]?.focus();
  return true;
}
