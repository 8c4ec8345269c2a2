import type { Shape } from '../../../network/tensor/shape';
import { labelHeight, type PlacedNode } from './placedNode';

/** The way of a tensor from one block to the next. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly shape: Shape;
  readonly path: string;
}

/** Where an arrow between rows may run: beside all blocks, and between the rows. */
export interface Lanes {
  readonly left: number;
  readonly right: number;
  /** Height of the room between two rows. */
  readonly gap: number;
}

/** Arrows leave and reach blocks this far above the floor that a row stands on, at the most. */
const arrowHeight = 26;
const clearance = 4;
const cornerRadius = 6;

/** An arrow from every block to the next: straight in a row, around the labels between rows. */
export function arrows(nodes: readonly PlacedNode[], lanes: Lanes): readonly Arrow[] {
  return nodes.slice(1).flatMap((to, index) => {
    const from = nodes[index];
    if (!from) return [];
    const path = from.row === to.row ? straight(from, to) : around(from, to, lanes);
    return { from: from.node.id, to: to.node.id, shape: from.node.shape, path };
  });
}

function straight(from: PlacedNode, to: PlacedNode): string {
  return `M${round(leaves(from))},${round(level(from))}H${round(reaches(to))}`;
}

function around(from: PlacedNode, to: PlacedNode, { left, right, gap }: Lanes): string {
  const r = cornerRadius;
  const between = floor(from) + labelHeight + gap / 2 - 4;
  const lane = round(right);
  const back = round(left);
  return [
    `M${round(leaves(from))},${round(level(from))}`,
    `H${lane - r}q${r},0 ${r},${r}`,
    `V${round(between - r)}q0,${r} ${-r},${r}`,
    `H${back + r}q${-r},0 ${-r},${r}`,
    `V${round(level(to) - r)}q0,${r} ${r},${r}`,
    `H${round(reaches(to))}`,
  ].join('');
}

function floor({ y, height }: PlacedNode): number {
  return y + height;
}

function level(placed: PlacedNode): number {
  return floor(placed) - arrowHeight;
}

function leaves({ x, width, depthX }: PlacedNode): number {
  return x + width + depthX + clearance;
}

function reaches({ x }: PlacedNode): number {
  return x - clearance;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
