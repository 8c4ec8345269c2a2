import type { PlacedNode } from './placedNode';

/** A line with a title above the blocks that people name together. */
export interface Bracket {
  readonly title: string;
  readonly row: number;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly folded: boolean;
  /** False for the rest of a block that goes on in a further row. */
  readonly first: boolean;
}

const clearance = 9;

/** One bracket for each run of a block's nodes in a row; all brackets of a row stand at one height. */
export function brackets(nodes: readonly PlacedNode[]): readonly Bracket[] {
  const found = new Map<string, PlacedNode[]>();
  for (const placed of nodes) {
    const { block } = placed.node;
    if (block === undefined) continue;
    const key = `${placed.row} ${block}`;
    found.set(key, [...(found.get(key) ?? []), placed]);
  }
  const seen = new Set<string>();
  return [...found.values()].flatMap((run) => {
    const [head] = run;
    const title = head?.node.block;
    if (!head || title === undefined) return [];
    const first = !seen.has(title);
    seen.add(title);
    return {
      title,
      row: head.row,
      left: head.x,
      right: Math.max(...run.map(({ x, width, depthX }) => x + width + depthX)),
      y: rowTop(nodes, head.row) - clearance,
      folded: head.node.folded,
      first,
    };
  });
}

function rowTop(nodes: readonly PlacedNode[], row: number): number {
  const tops = nodes
    .filter((placed) => placed.row === row && placed.node.block !== undefined)
    .map(({ y, depthY }) => y - depthY);
  return Math.min(...tops);
}
