import type { PlacedNode } from './placedNode';

/** Keys that walk the graph. */
export const walkKeys = ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'Home', 'End'] as const;
export type WalkKey = (typeof walkKeys)[number];

type Walk = (
  nodes: readonly PlacedNode[],
  here: PlacedNode,
  across: number,
) => PlacedNode | undefined;

const ways: Readonly<Record<WalkKey, Walk>> = {
  ArrowRight: (nodes, here) =>
    sameLaneFirst(
      here,
      nodes.filter(({ node }) => node.inputs.includes(here.node.id)),
    ),
  ArrowLeft: (nodes, here) =>
    sameLaneFirst(
      here,
      nodes.filter(({ node }) => here.node.inputs.includes(node.id)),
    ),
  ArrowDown: (nodes, here, across) => upright(nodes, here, { step: 1, across }),
  ArrowUp: (nodes, here, across) => upright(nodes, here, { step: -1, across }),
  Home: (nodes) => nodes[0],
  End: (nodes) => nodes.at(-1),
};

/**
 * The block a key leads to from a block; the same one at an end of the graph. `across` is where a person who goes up and
 * down through rows set out from.
 */
export function walk(
  nodes: readonly PlacedNode[],
  from: string,
  key: WalkKey,
  across?: number,
): string {
  const here = nodes.find(({ node }) => node.id === from);
  const target = here ? ways[key](nodes, here, across ?? here.labelX) : nodes[0];
  return target?.node.id ?? from;
}

export function isWalkKey(key: string): key is WalkKey {
  return walkKeys.some((candidate) => candidate === key);
}

/** Along the lane, else to the nearest one. */
function sameLaneFirst(
  { lane, column }: PlacedNode,
  candidates: readonly PlacedNode[],
): PlacedNode | undefined {
  return nearest(candidates, (at) => [Math.abs(at.lane - lane), Math.abs(at.column - column)]);
}

/** To the next lane of the same column, then to the next row; upwards to its last lane. */
function upright(
  nodes: readonly PlacedNode[],
  here: PlacedNode,
  { step, across }: { readonly step: 1 | -1; readonly across: number },
): PlacedNode | undefined {
  const inColumn = nodes.filter(
    ({ column, lane }) => column === here.column && (lane - here.lane) * step > 0,
  );
  if (inColumn.length > 0) return nearest(inColumn, ({ lane }) => [Math.abs(lane - here.lane)]);
  return nearestInRow(nodes, here.row + step, { step, across });
}

/** The block of a row that a person meets who comes from above (1) or below (-1). */
export function nearestInRow(
  nodes: readonly PlacedNode[],
  row: number,
  { step, across }: { readonly step: 1 | -1; readonly across: number },
): PlacedNode | undefined {
  const inRow = nodes.filter((placed) => placed.row === row);
  return nearest(inRow, ({ labelX, lane }) => [Math.abs(labelX - across), lane * step]);
}

/** The candidate of the least cost; the first cost that differs decides. */
function nearest(
  candidates: readonly PlacedNode[],
  cost: (candidate: PlacedNode) => readonly number[],
): PlacedNode | undefined {
  return candidates.reduce<PlacedNode | undefined>((best, candidate) => {
    if (!best) return candidate;
    const [a, b] = [cost(candidate), cost(best)];
    const at = a.findIndex((value, place) => value !== b[place]);
    return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0) ? candidate : best;
  }, undefined);
}
