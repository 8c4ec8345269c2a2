import type { Arrangement } from './arrangement';
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

/** One bracket for each run of a block's columns in a row; all brackets of a row stand at one height. */
export function brackets(
  placed: readonly PlacedNode[],
  { columns, rows }: Arrangement,
): readonly Bracket[] {
  const seen = new Set<string>();
  return rows.flatMap(({ first, end, floor, heights }, row) => {
    const runs = new Map<string, PlacedNode[]>();
    for (const { block, nodes } of columns.slice(first, end)) {
      if (block === undefined) continue;
      const inside = nodes.flatMap(({ standing }) => placed[standing.index] ?? []);
      runs.set(block, [...(runs.get(block) ?? []), ...inside]);
    }
    return [...runs].map(([title, run]): Bracket => {
      const isFirst = !seen.has(title);
      seen.add(title);
      return {
        title,
        row,
        left: Math.min(...run.map(({ x }) => x)),
        right: Math.max(...run.map(({ x, width, depthX }) => x + width + depthX)),
        y: floor + heights.bracket,
        folded: run[0]?.node.folded ?? false,
        first: isFirst,
      };
    });
  });
}

/** The words over a bracket, and where they begin and end. */
export interface BracketTitle {
  readonly words: string;
  readonly start: number;
  readonly width: number;
}

/**
 * Over the middle of its bracket; of one that is narrower, from its left end on, so that it stays off the arrow that
 * comes down the left margin. `before` is kept free left of the words, for a sign.
 */
export function bracketTitle(
  { title, left, right, first }: Bracket,
  measure: (text: string) => number,
  before: number,
): BracketTitle {
  const full = first ? title : `${title}, continued`;
  const room = right - left;
  const words = first || measure(full) <= room ? full : `… ${title}`;
  const width = measure(words) + (first ? before : 0);
  return { words, width, start: left + Math.max(0, room - width) / 2 };
}
