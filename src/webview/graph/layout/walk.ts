import type { PlacedNode } from './placedNode';

/** Keys that walk the graph. */
export const walkKeys = ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'Home', 'End'] as const;
export type WalkKey = (typeof walkKeys)[number];

/** The block a key leads to from a block; the same one at an end of the graph. */
export function walk(nodes: readonly PlacedNode[], from: string, key: WalkKey): string {
  const index = nodes.findIndex(({ node }) => node.id === from);
  const here = nodes[index];
  if (!here) return nodes[0]?.node.id ?? from;
  switch (key) {
    case 'ArrowRight':
      return nodes[index + 1]?.node.id ?? from;
    case 'ArrowLeft':
      return nodes[index - 1]?.node.id ?? from;
    case 'ArrowDown':
      return nearestIn(nodes, here, here.row + 1) ?? from;
    case 'ArrowUp':
      return nearestIn(nodes, here, here.row - 1) ?? from;
    case 'Home':
      return nodes[0]?.node.id ?? from;
    case 'End':
      return nodes.at(-1)?.node.id ?? from;
  }
}

export function isWalkKey(key: string): key is WalkKey {
  return walkKeys.some((candidate) => candidate === key);
}

function nearestIn(
  nodes: readonly PlacedNode[],
  here: PlacedNode,
  row: number,
): string | undefined {
  const distance = ({ labelX }: PlacedNode): number => Math.abs(labelX - here.labelX);
  return nodes.filter((placed) => placed.row === row).sort((a, b) => distance(a) - distance(b))[0]
    ?.node.id;
}
