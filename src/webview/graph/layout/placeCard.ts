import { clamp, intersection, type Rect, type Size } from '../../draw/rect';

/** What a card must consider: its block, its own size, the pane, and the blocks it had better not hide. */
export interface CardPlace {
  readonly block: Rect;
  readonly card: Size;
  readonly pane: Rect;
  readonly others: readonly Rect[];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const gap = 8;
/** Blocks of the same row are where the pointer goes next: to hide one of those is this much worse. */
const sameRow = 4;
/** Far worse than to hide anything else: the card over its own block. */
const ownBlock = 1000;

/** Where a card stands beside its block: inside the pane, not over the block, and over as little else as can be. */
export function placeCard(place: CardPlace): Point {
  const candidates = positions(place);
  const costs = candidates.map((at) => cost({ ...at, ...sizeOf(place.card) }, place));
  return candidates[costs.indexOf(Math.min(...costs))] ?? { x: place.pane.x, y: place.pane.y };
}

/** The part of a pane that is in the window and above `bottom`, with room at its edges. */
export function cardRoom(pane: Rect, bottom: number): Rect {
  const edge = 6;
  const inWindow = { x: 0, y: 0, width: innerWidth, height: Math.min(innerHeight, bottom) };
  const { x, y, width, height } = intersection(pane, inWindow);
  return { x: x + edge, y: y + edge, width: width - 2 * edge, height: height - 2 * edge };
}

/** Beside, below and above the block, each as near the block's middle and as far to the pane's ends as may be. */
function positions({ block, card, pane }: CardPlace): readonly Point[] {
  const inside = ({ x, y }: Point): Point => ({
    x: clamp(x, pane.x, pane.x + pane.width - card.width),
    y: clamp(y, pane.y, pane.y + pane.height - card.height),
  });
  const right = block.x + block.width + gap;
  const left = block.x - gap - card.width;
  const below = block.y + block.height + gap;
  const above = block.y - gap - card.height;
  const middleX = block.x + (block.width - card.width) / 2;
  const middleY = block.y + (block.height - card.height) / 2;
  const xs = [middleX, block.x, block.x + block.width - card.width, left, right];
  const ys = [middleY, block.y, block.y + block.height - card.height, above, below];
  return [
    ...ys.flatMap((y) => [right, left].map((x) => inside({ x, y }))),
    ...xs.flatMap((x) => [below, above].map((y) => inside({ x, y }))),
  ];
}

function cost(card: Rect, { block, others }: CardPlace): number {
  const hidden = others.map((other) => {
    const beside = other.y < block.y + block.height && block.y < other.y + other.height;
    return area(intersection(card, other)) * (beside ? sameRow : 1);
  });
  const own = area(intersection(card, block)) * ownBlock;
  return hidden.reduce((sum, value) => sum + value, own);
}

function area({ width, height }: Size): number {
  return width * height;
}

function sizeOf({ width, height }: Size): Size {
  return { width, height };
}
