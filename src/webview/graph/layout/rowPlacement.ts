import type { BlockSize } from './blockSize';
import type { GraphNode } from './graphNodes';

/** A node before it has a place. */
export interface RowItem {
  readonly node: GraphNode;
  readonly size: BlockSize;
  readonly labelWidth: number;
}

/** Where the front faces of a row begin, from 0, and how wide the row is. */
export interface RowPlacement {
  readonly starts: readonly number[];
  readonly width: number;
}

/** The shortest arrow between two blocks, and the least room between two labels. */
const leastArrow = 26;
const labelGap = 12;

/** A row as tight as its blocks, arrows and labels allow. */
export function naturalRow(items: readonly RowItem[]): RowPlacement {
  const starts: number[] = [];
  let blockEnd = 0;
  let labelEnd = 0;
  items.forEach((item, index) => {
    const { blockWidth, labelLeft, labelRight } = extent(item);
    const start =
      index === 0
        ? Math.max(0, -labelLeft)
        : Math.max(blockEnd + leastArrow, labelEnd + labelGap - labelLeft);
    starts.push(start);
    blockEnd = start + blockWidth;
    labelEnd = start + labelRight;
  });
  return { starts, width: Math.max(blockEnd, labelEnd) };
}

/** The same row with its arrows stretched to fill `width`, each by `most` pixels at the most. */
export function spreadRow(
  items: readonly RowItem[],
  width: number,
  most: number,
): readonly number[] {
  const { starts, width: natural } = naturalRow(items);
  const gaps = Math.max(1, items.length - 1);
  const extra = Math.max(0, Math.min(most, (width - natural) / gaps));
  return starts.map((start, index) => start + extra * index);
}

function extent({ node, size, labelWidth }: RowItem): {
  readonly blockWidth: number;
  readonly labelLeft: number;
  readonly labelRight: number;
} {
  const blockWidth = size.width + size.depthX;
  const middle = (node.form === 'slab' ? blockWidth : size.width) / 2;
  return {
    blockWidth,
    labelLeft: middle - labelWidth / 2,
    labelRight: middle + labelWidth / 2,
  };
}
